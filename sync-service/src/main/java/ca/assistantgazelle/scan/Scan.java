package ca.assistantgazelle.scan;

import ca.assistantgazelle.gazelle.GazelleClient;
import ca.assistantgazelle.gazelle.GazelleException;
import ca.assistantgazelle.gazelle.Page;
import ca.assistantgazelle.gazelle.Paging;
import ca.assistantgazelle.gazelle.Unreadable;
import ca.assistantgazelle.mirror.Quarantine;
import ca.assistantgazelle.sql.Queries;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one entity page by page and stores it about a thousand rows at a time, together with the
 * place it got to. Cursors are offsets that shift while people work, so ids are counted once and
 * compared with what Gazelle says it has.
 */
@Singleton
public class Scan {
  private static final int PAGE = 100;
  private static final int CHUNK = 1_000;
  private static final int MORE_PASSES = 2;

  private final GazelleClient gazelle;
  private final ScanStore store;
  private final Disappearances disappearances;
  private final Quarantine quarantine;

  Scan(
      GazelleClient gazelle,
      ScanStore store,
      Disappearances disappearances,
      Quarantine quarantine) {
    this.gazelle = gazelle;
    this.store = store;
    this.disappearances = disappearances;
    this.quarantine = quarantine;
  }

  /**
   * Reads and stores all of the entity in the context's window.
   *
   * @throws GazelleException when it cannot be read whole
   * @throws InterruptedException when told to stop
   */
  public void run(Entity entity, ScanContext context, Parents parents) throws InterruptedException {
    var progress = store.load(context.bench().read(), context.runId(), entity.name());
    context.tallies().restore(progress.counts());
    if (progress.finished()) {
      return;
    }
    var pass = store.pass(context.bench().read(), context.runId(), entity.name(), progress);
    if (pass.seen() > 0) {
      context
          .bench()
          .log()
          .info("%s: goes on after %d records of an earlier attempt", entity.name(), pass.seen());
    }
    walk(entity, context, parents, progress, pass);
    for (int again = 0; again < MORE_PASSES && !pass.isComplete(); again++) {
      context
          .bench()
          .log()
          .info(
              "%s: %d of %d records seen while they changed, reading once more",
              entity.name(), pass.seen(), pass.total());
      pass = pass.again();
      walk(entity, context, parents, ScanStore.Progress.NONE, pass);
    }
    if (!pass.isComplete()) {
      throw GazelleException.incomplete(entity.name(), 1 + MORE_PASSES, pass.seen(), pass.total());
    }
    disappearances.settle(entity, context, pass);
    finish(entity, context, pass);
  }

  /** Drops what was only needed to resume. */
  public void forget(ScanContext context) {
    context
        .bench()
        .write(
            transaction -> {
              store.forget(transaction, context.runId());
              return null;
            });
  }

  private void walk(
      Entity entity, ScanContext context, Parents parents, ScanStore.Progress from, Pass pass)
      throws InterruptedException {
    var chunk = new ArrayList<JsonNode>();
    int read = from.pages();
    long unreadable = 0;
    var paging = new Paging();
    var storing = new OneBehind();
    try (var pages =
        new PagesAhead(entity.name(), cursor -> page(entity, context, cursor), from.cursor())) {
      for (var page = pages.next(); page != null; page = pages.next()) {
        pass.told(page.total());
        paging.read(page.nodes().size(), page.total());
        unreadable += page.nodes().stream().filter(Unreadable::is).count();
        if (unreadable > Disappearances.plausible(page.total())) {
          throw GazelleException.unreadable(entity.name(), unreadable, page.total());
        }
        chunk.addAll(page.nodes());
        read++;
        if (chunk.size() >= CHUNK || page.next() == null) {
          parents.await();
          var ready = ready(entity, context, chunk);
          var place = new Place(page.next(), read);
          storing.start(
              "storing " + entity.name(), () -> store(entity, context, pass, ready, place));
          chunk.clear();
        }
      }
    } finally {
      storing.finish();
    }
  }

  private Page page(Entity entity, ScanContext context, String cursor) throws InterruptedException {
    var variables = new HashMap<String, Object>(entity.variables(context.window()));
    variables.put("first", PAGE);
    if (cursor != null) {
      variables.put("after", cursor);
    }
    return gazelle.page(entity.query(), variables);
  }

  /** Where a walk is after a chunk. */
  private record Place(String cursor, int pages) {}

  /**
   * A chunk of records.
   *
   * @param batch all of them as rows
   */
  private record Ready(Map<String, JsonNode> records, Entity.Batch batch) {}

  private static Ready ready(Entity entity, ScanContext context, List<JsonNode> chunk)
      throws InterruptedException {
    Map<String, JsonNode> records = new LinkedHashMap<>();
    for (var node : entity.complete(context, List.copyOf(chunk))) {
      records.putIfAbsent(key(node), node);
    }
    return new Ready(records, entity.prepare(List.copyOf(records.values())));
  }

  private void store(Entity entity, ScanContext context, Pass pass, Ready ready, Place place) {
    var before = context.tallies().counts();
    try {
      pass.saw(
          context
              .bench()
              .write(transaction -> store(transaction, entity, context, pass, ready, place)));
    } catch (RuntimeException e) {
      context.tallies().restore(before);
      throw e;
    }
    context.headway().made(entity.name(), context.tallies(), pass.seen(), pass.total());
  }

  private int store(
      Queries transaction,
      Entity entity,
      ScanContext context,
      Pass pass,
      Ready ready,
      Place place) {
    var seen =
        store.see(
            transaction, context.runId(), entity.name(), ready.records().keySet(), pass.number());
    // What another walk or attempt stored is rarely among them.
    var batch =
        seen.firstOfRun().size() == ready.records().size()
            ? ready.batch()
            : entity.prepare(seen.firstOfRun().stream().map(ready.records()::get).toList());
    batch.write(transaction, context);
    store.save(
        transaction,
        context.runId(),
        entity.name(),
        ScanStore.Progress.at(place.cursor(), place.pages(), pass, context.tallies().counts()));
    return seen.newInPass();
  }

  private void finish(Entity entity, ScanContext context, Pass pass) {
    context
        .bench()
        .write(
            transaction -> {
              if (entity.variables(context.window()).isEmpty()) {
                quarantine.releaseUnnamed(transaction, context.runId(), entity.kinds());
              }
              store.save(
                  transaction,
                  context.runId(),
                  entity.name(),
                  ScanStore.Progress.at(null, 0, pass, context.tallies().counts()).asFinished());
              return null;
            });
    context.bench().log().info("%s: %s", entity.name(), context.tally(entity.name()).counts());
  }

  // A record without an id cannot be stored, but it was seen.
  private static String key(JsonNode node) {
    var id = node.path("id").asText("");
    return id.isBlank() ? Quarantine.UNNAMED + node.hashCode() : id;
  }
}

package ca.assistantgazelle.scan;

import ca.assistantgazelle.gazelle.GazelleClient;
import ca.assistantgazelle.gazelle.GazelleException;
import ca.assistantgazelle.gazelle.Page;
import ca.assistantgazelle.mirror.Tally;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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

  Scan(GazelleClient gazelle, ScanStore store, Disappearances disappearances) {
    this.gazelle = gazelle;
    this.store = store;
    this.disappearances = disappearances;
  }

  /**
   * Reads and stores all of the entity in the context's window.
   *
   * @throws GazelleException when it cannot be read whole
   * @throws InterruptedException when told to stop, between two pages
   */
  public void run(Entity entity, ScanContext context) throws InterruptedException {
    var progress = store.load(context.bench().read(), context.runId(), entity.name());
    progress.counts().forEach((name, counts) -> context.tallies().put(name, new Tally(counts)));
    if (progress.finished()) {
      return;
    }
    var stored = store.seen(context.bench().read(), context.runId(), entity.name());
    if (!stored.isEmpty()) {
      context
          .bench()
          .log()
          .info("%s: goes on after %d records of an earlier attempt", entity.name(), stored.size());
    }
    var pass = new Pass(stored, progress.total());
    walk(entity, context, progress, pass, stored);
    for (int again = 0; again < MORE_PASSES && !pass.isComplete(); again++) {
      context
          .bench()
          .log()
          .info(
              "%s: %d of %d records seen while they changed, reading once more",
              entity.name(), pass.seen().size(), pass.total());
      pass = new Pass(Set.of(), 0);
      walk(entity, context, ScanStore.Progress.NONE, pass, stored);
    }
    if (!pass.isComplete()) {
      throw GazelleException.incomplete(entity.name(), pass.seen().size(), pass.total());
    }
    disappearances.settle(entity, context, pass.seen());
    finish(entity, context, pass.total());
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
      Entity entity, ScanContext context, ScanStore.Progress from, Pass pass, Set<String> stored)
      throws InterruptedException {
    var chunk = new ArrayList<JsonNode>();
    var cursor = from.cursor();
    int pages = from.pages();
    Page page;
    do {
      if (Thread.interrupted()) {
        throw new InterruptedException("told to stop");
      }
      page = page(entity, context, cursor);
      pass.told(page.total());
      page.nodes().forEach(node -> pass.saw(key(node)));
      cursor = page.next();
      pages++;
      chunk.addAll(page.nodes());
      if (chunk.size() >= CHUNK || page.next() == null) {
        store(
            entity,
            context,
            unseen(chunk, stored),
            new ScanStore.Progress(cursor, pages, page.total(), false, Map.of()),
            stored);
        chunk.clear();
      }
    } while (page.next() != null);
  }

  private Page page(Entity entity, ScanContext context, String cursor) {
    var variables = new HashMap<String, Object>(entity.variables(context.window()));
    variables.put("first", PAGE);
    if (cursor != null) {
      variables.put("after", cursor);
    }
    return Page.whole(gazelle.ask(entity.query(), variables).path(entity.root()));
  }

  private void store(
      Entity entity,
      ScanContext context,
      List<JsonNode> records,
      ScanStore.Progress progress,
      Set<String> stored) {
    var complete = entity.complete(context, records);
    var ids = records.stream().map(Scan::key).toList();
    var before = snapshot(context);
    try {
      context
          .bench()
          .write(
              transaction -> {
                entity.write(transaction, context, complete);
                store.addSeen(transaction, context.runId(), entity.name(), ids);
                store.save(
                    transaction,
                    context.runId(),
                    entity.name(),
                    new ScanStore.Progress(
                        progress.cursor(),
                        progress.pages(),
                        progress.total(),
                        false,
                        snapshot(context)));
                return null;
              });
    } catch (RuntimeException e) {
      before.forEach((name, counts) -> context.tally(name).restore(counts));
      throw e;
    }
    stored.addAll(ids);
    context
        .bench()
        .progress(
            snapshot(context),
            Map.of("entity", entity.name(), "read", stored.size(), "total", progress.total()));
  }

  private void finish(Entity entity, ScanContext context, int total) {
    context
        .bench()
        .write(
            transaction -> {
              store.save(
                  transaction,
                  context.runId(),
                  entity.name(),
                  new ScanStore.Progress(null, 0, total, true, snapshot(context)));
              return null;
            });
    context.bench().log().info("%s: %s", entity.name(), context.tally(entity.name()).counts());
  }

  private static List<JsonNode> unseen(List<JsonNode> chunk, Set<String> seen) {
    var taken = new HashSet<String>();
    return chunk.stream()
        .filter(node -> !seen.contains(key(node)) && taken.add(key(node)))
        .toList();
  }

  // A record without an id cannot be stored, but it was seen.
  private static String key(JsonNode node) {
    var id = node.path("id").asText("");
    return id.isBlank() ? "sans-id-" + node.hashCode() : id;
  }

  private static Map<String, Map<String, Long>> snapshot(ScanContext context) {
    return context.tallies().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().counts()));
  }
}

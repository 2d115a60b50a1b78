package ca.assistantgazelle.scan;

import ca.assistantgazelle.event.EventJson;
import ca.assistantgazelle.mirror.Quarantine;
import ca.assistantgazelle.sql.Queries;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** How far each scan of a run got, so that a further attempt of the same run goes on from there. */
@Singleton
class ScanStore {
  private static final TypeReference<Map<String, Map<String, Long>>> COUNTS =
      new TypeReference<>() {};

  /**
   * @param cursor after the last page stored; null before the first
   * @param total what Gazelle said last; 0 before the first page
   * @param pass number of the walk, from 1
   * @param counts by entity
   */
  record Progress(
      String cursor,
      int pages,
      int total,
      int pass,
      boolean shrank,
      boolean finished,
      Map<String, Map<String, Long>> counts) {
    static final Progress NONE = new Progress(null, 0, 0, 1, false, false, Map.of());

    static Progress at(String cursor, int pages, Pass pass, Map<String, Map<String, Long>> counts) {
      return new Progress(cursor, pages, pass.total(), pass.number(), pass.shrank(), false, counts);
    }

    Progress asFinished() {
      return new Progress(cursor, pages, total, pass, shrank, true, counts);
    }
  }

  /**
   * What a walk had not seen before.
   *
   * @param newInPass how many ids this walk had not seen
   * @param firstOfRun those of them that no walk of the run had seen
   */
  record Seen(int newInPass, List<String> firstOfRun) {}

  private record Sight(String id, boolean first) {}

  Progress load(Queries queries, UUID runId, String entity) {
    return queries
        .first(
            """
            select cursor, pages, coalesce(total, 0) as total, pass, shrank, finished_at is not null as finished,
              counts::text as counts
            from automation.scan
            where run_id = $1 and entity = $2
            """,
            row ->
                new Progress(
                    row.getString("cursor"),
                    row.getInteger("pages"),
                    row.getInteger("total"),
                    row.getInteger("pass"),
                    row.getBoolean("shrank"),
                    row.getBoolean("finished"),
                    counts(row.getString("counts"))),
            runId,
            entity)
        .orElse(Progress.NONE);
  }

  /** The walk that stopped at that place. */
  Pass pass(Queries queries, UUID runId, String entity, Progress progress) {
    int seen =
        queries
            .first(
                "select count(*) as n from automation.scan_seen where run_id = $1 and entity = $2 and pass = $3",
                row -> row.getInteger("n"),
                runId,
                entity,
                progress.pass())
            .orElseThrow();
    return new Pass(progress.pass(), seen, progress.total(), progress.shrank());
  }

  void save(Queries transaction, UUID runId, String entity, Progress progress) {
    transaction.update(
        """
        insert into automation.scan (run_id, entity, cursor, pages, total, pass, shrank, counts, finished_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, case when $9 then now() end)
        on conflict (run_id, entity) do update
        set cursor = excluded.cursor, pages = excluded.pages, total = excluded.total, pass = excluded.pass,
          shrank = excluded.shrank, counts = excluded.counts, finished_at = excluded.finished_at
        """,
        runId,
        entity,
        progress.cursor(),
        progress.pages(),
        progress.total(),
        progress.pass(),
        progress.shrank(),
        new JsonObject(EventJson.write(progress.counts())),
        progress.finished());
  }

  /** Notes that a walk saw the ids. */
  Seen see(Queries transaction, UUID runId, String entity, Collection<String> ids, int pass) {
    var sights =
        transaction.list(
            """
            insert into automation.scan_seen as seen (run_id, entity, external_id, pass)
            select $1, $2, id, $4 from unnest($3::text[]) as id
            on conflict (run_id, entity, external_id) do update
            set pass = excluded.pass
            where seen.pass < excluded.pass
            returning external_id, (xmax = 0) as first
            """,
            row -> new Sight(row.getString(0), row.getBoolean(1)),
            runId,
            entity,
            ids.toArray(String[]::new),
            pass);
    return new Seen(sights.size(), sights.stream().filter(Sight::first).map(Sight::id).toList());
  }

  /**
   * How much of what should have been seen was not.
   *
   * @param expected rows in the window
   * @param missing those that the walk did not see
   */
  record Loss(int expected, int missing) {}

  Loss loss(Queries queries, ScanContext context, Entity entity, int pass) {
    return queries
        .first(
            """
            select count(*) as expected, count(*) filter (where not seen) as missing from (%s) sighted
            """
                .formatted(sighted(entity)),
            row -> new Loss(row.getInteger("expected"), row.getInteger("missing")),
            lossParameters(context, entity, pass))
        .orElseThrow();
  }

  /** Records of this run that Gazelle listed without saying which they are. */
  long unnamed(Queries queries, ScanContext context, Entity entity) {
    return queries
        .first(
            "select count(*) from automation.quarantine where run_id = $1 and entity = $2 and starts_with(external_id, $3)",
            row -> row.getLong(0),
            context.runId(),
            entity.name(),
            Quarantine.UNNAMED)
        .orElseThrow();
  }

  /** Ids that should have been seen and were not. */
  List<String> missing(Queries queries, ScanContext context, Entity entity, int pass) {
    return queries.list(
        "select external_id from (%s) sighted where not seen order by 1".formatted(sighted(entity)),
        row -> row.getString(0),
        lossParameters(context, entity, pass));
  }

  // One look into the primary key per row, whatever the planner believes about a table that has
  // just been filled: as a join, it compared every row with every other for minutes.
  private static String sighted(Entity entity) {
    return """
        select expected.external_id, exists (
          select from automation.scan_seen seen
          where seen.run_id = $3 and seen.entity = $4 and seen.external_id = expected.external_id and seen.pass = $5) as seen
        from (%s) expected
        offset 0
        """
        .formatted(entity.expected());
  }

  private static Object[] lossParameters(ScanContext context, Entity entity, int pass) {
    var bounds = entity.bounds(context.window());
    return new Object[] {bounds.get(0), bounds.get(1), context.runId(), entity.name(), pass};
  }

  /** Ids seen are of no use once their run has ended, this one or one that was given up. */
  void forget(Queries transaction, UUID runId) {
    transaction.update(
        """
        delete from automation.scan_seen seen
        where run_id = $1 or not exists (
          select from automation.inbox i where i.run_id = seen.run_id and i.state in ('waiting', 'running'))
        """,
        runId);
  }

  private static Map<String, Map<String, Long>> counts(String json) {
    try {
      return EventJson.mapper().readValue(json, COUNTS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("automation.scan holds counts that are not ours", e);
    }
  }
}

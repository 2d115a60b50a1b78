package ca.assistantgazelle.scan;

import ca.assistantgazelle.event.EventJson;
import ca.assistantgazelle.sql.Queries;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** How far each scan of a run got, so that a further attempt of the same run goes on from there. */
@Singleton
class ScanStore {
  private static final TypeReference<Map<String, Map<String, Long>>> COUNTS =
      new TypeReference<>() {};

  /**
   * @param cursor after the last page stored; null before the first
   * @param total what Gazelle said last; 0 before the first page
   * @param counts by entity
   */
  record Progress(
      String cursor,
      int pages,
      int total,
      boolean finished,
      Map<String, Map<String, Long>> counts) {
    static final Progress NONE = new Progress(null, 0, 0, false, Map.of());
  }

  Progress load(Queries queries, UUID runId, String entity) {
    return queries
        .first(
            """
            select cursor, pages, coalesce(total, 0) as total, finished_at is not null as finished, counts::text as counts
            from automation.scan
            where run_id = $1 and entity = $2
            """,
            row ->
                new Progress(
                    row.getString("cursor"),
                    row.getInteger("pages"),
                    row.getInteger("total"),
                    row.getBoolean("finished"),
                    counts(row.getString("counts"))),
            runId,
            entity)
        .orElse(Progress.NONE);
  }

  void save(Queries transaction, UUID runId, String entity, Progress progress) {
    transaction.update(
        """
        insert into automation.scan (run_id, entity, cursor, pages, total, counts, finished_at)
        values ($1, $2, $3, $4, $5, $6, case when $7 then now() end)
        on conflict (run_id, entity) do update
        set cursor = excluded.cursor, pages = excluded.pages, total = excluded.total, counts = excluded.counts,
          finished_at = excluded.finished_at
        """,
        runId,
        entity,
        progress.cursor(),
        progress.pages(),
        progress.total(),
        new JsonObject(EventJson.write(progress.counts())),
        progress.finished());
  }

  void addSeen(Queries transaction, UUID runId, String entity, Collection<String> ids) {
    transaction.update(
        """
        insert into automation.scan_seen (run_id, entity, external_id)
        select $1, $2, unnest($3::text[])
        on conflict do nothing
        """,
        runId,
        entity,
        ids.toArray(String[]::new));
  }

  Set<String> seen(Queries queries, UUID runId, String entity) {
    return new HashSet<>(
        queries.list(
            "select external_id from automation.scan_seen where run_id = $1 and entity = $2",
            row -> row.getString(0),
            runId,
            entity));
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

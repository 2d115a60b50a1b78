package ca.assistantgazelle.sync.scan;

import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.sync.mirror.RecordQuarantine;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Stores the progress of each scan of a run, so that a further attempt can resume it. */
@Singleton
class ScanStore {
    /** Rows deleted by one statement, far below its time limit. */
    private static final int SLICE = 20_000;

    private static final TypeReference<Map<String, Map<String, Long>>> COUNTS = new TypeReference<>() {};

    /**
     * The ids of a chunk that were not seen before.
     *
     * @param newInPass number of ids not seen before in this pass
     * @param firstOfRun the ids not seen before in any pass of the run
     */
    record SeenIds(int newInPass, List<String> firstOfRun) {}

    private record SeenId(String id, boolean first) {}

    ScanProgress load(SqlQueries queries, UUID runId, String entity) {
        return queries.first(
                        """
                        select cursor, pages, coalesce(total, 0) as total, pass, shrank, finished_at is not null as finished,
                          counts::text as counts
                        from automation.scan
                        where run_id = $1 and entity = $2
                        """,
                        row -> new ScanProgress(
                                row.getString("cursor"),
                                row.getInteger("pages"),
                                row.getInteger("total"),
                                row.getInteger("pass"),
                                row.getBoolean("shrank"),
                                row.getBoolean("finished"),
                                counts(row.getString("counts"))),
                        runId,
                        entity)
                .orElse(ScanProgress.NONE);
    }

    /** The pass to resume from the stored progress. */
    ScanPass pass(SqlQueries queries, UUID runId, String entity, ScanProgress progress) {
        int seen = queries.first(
                        "select count(*) as n from automation.scanned_id where run_id = $1 and entity = $2 and pass = $3",
                        row -> row.getInteger("n"),
                        runId,
                        entity,
                        progress.pass())
                .orElseThrow();
        return new ScanPass(progress.pass(), seen, progress.total(), progress.shrank());
    }

    void save(SqlQueries transaction, UUID runId, String entity, ScanProgress progress) {
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

    /** Records that a pass saw the ids. */
    SeenIds recordSeen(SqlQueries transaction, UUID runId, String entity, Collection<String> ids, int pass) {
        var sights = transaction.list(
                """
                insert into automation.scanned_id as seen (run_id, entity, external_id, pass)
                select $1, $2, id, $4 from unnest($3::text[]) as id
                on conflict (run_id, entity, external_id) do update
                set pass = excluded.pass
                where seen.pass < excluded.pass
                returning external_id, (xmax = 0) as first
                """,
                row -> new SeenId(row.getString(0), row.getBoolean(1)),
                runId,
                entity,
                ids.toArray(String[]::new),
                pass);
        return new SeenIds(
                sights.size(),
                sights.stream().filter(SeenId::first).map(SeenId::id).toList());
    }

    /**
     * Counts of the rows that a scan should have seen.
     *
     * @param expected stored rows in the window
     * @param missing rows among them that the pass did not see
     */
    record MissingRowCounts(int expected, int missing) {}

    MissingRowCounts countMissing(SqlQueries queries, ScanContext context, PagedSyncSource entity, int pass) {
        return queries.first(
                        """
                        select count(*) as expected, count(*) filter (where not seen) as missing from (%s) sighted
                        """.formatted(expectedIdsWithSeenSql(entity)),
                        row -> new MissingRowCounts(row.getInteger("expected"), row.getInteger("missing")),
                        expectedIdsParameters(context, entity, pass))
                .orElseThrow();
    }

    /** Number of records that Gazelle returned without an id in this run. */
    long countWithoutId(SqlQueries queries, ScanContext context, PagedSyncSource entity) {
        return queries.first(
                        "select count(*) from automation.quarantine where run_id = $1 and entity = $2 and starts_with(external_id, $3)",
                        row -> row.getLong(0),
                        context.runId(),
                        entity.name(),
                        RecordQuarantine.NO_ID_PREFIX)
                .orElseThrow();
    }

    /** Ids of the expected rows that the pass did not see. */
    List<String> missingIds(SqlQueries queries, ScanContext context, PagedSyncSource entity, int pass) {
        return queries.list(
                "select external_id from (%s) sighted where not seen order by 1"
                        .formatted(expectedIdsWithSeenSql(entity)),
                row -> row.getString(0),
                expectedIdsParameters(context, entity, pass));
    }

    // Forces one primary-key lookup per row: with the statistics of a newly filled table, the planner
    // chose a nested-loop join that took minutes.
    private static String expectedIdsWithSeenSql(PagedSyncSource entity) {
        return """
        select expected.external_id, exists (
          select from automation.scanned_id seen
          where seen.run_id = $3 and seen.entity = $4 and seen.external_id = expected.external_id and seen.pass = $5) as seen
        from (%s) expected
        offset 0
        """.formatted(entity.expectedIdsSql());
    }

    private static Object[] expectedIdsParameters(ScanContext context, PagedSyncSource entity, int pass) {
        var bounds = entity.windowBounds(context.window());
        return new Object[] {bounds.get(0), bounds.get(1), context.runId(), entity.name(), pass};
    }

    /** The runs other than this one that have seen ids and have ended or been abandoned. */
    List<UUID> endedRunsWithSeenIds(SqlQueries queries, UUID runId) {
        // A loose index scan: one lookup per run, however many ids each has.
        return queries.list("""
                with recursive runs as (
                  (select run_id from automation.scanned_id order by run_id limit 1)
                  union all
                  select (select run_id from automation.scanned_id where run_id > runs.run_id order by run_id limit 1)
                  from runs where runs.run_id is not null)
                select run_id from runs
                where run_id is not null and run_id <> $1 and not automation.has_open_attempt(run_id)
                """, row -> row.getUUID(0), runId);
    }

    /** Deletes a slice of the seen ids of a run; returns its size. */
    int deleteSeenIds(SqlQueries queries, UUID runId) {
        return queries.update("""
                delete from automation.scanned_id where ctid = any (array(
                  select ctid from automation.scanned_id where run_id = $1 limit $2))
                """, runId, SLICE);
    }

    private static Map<String, Map<String, Long>> counts(String json) {
        try {
            return EventJson.mapper().readValue(json, COUNTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("automation.scan contains counts that this version cannot read", e);
        }
    }
}

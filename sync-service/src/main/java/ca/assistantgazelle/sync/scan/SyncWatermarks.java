package ca.assistantgazelle.sync.scan;

import ca.assistantgazelle.runtime.sql.SqlQueries;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.UUID;

/**
 * The time up to which each entity is completely synchronised: the instant that the last run to finish it was scheduled
 * for.
 */
@Singleton
public class SyncWatermarks {
    /** Whether each of the entities was completed by a full sync at least once. */
    public boolean areAllFullySynced(SqlQueries queries, String... entities) {
        return queries.first(
                                "select count(*) as n from automation.watermark where full_at is not null and entity = any ($1)",
                                row -> row.getLong("n"),
                                (Object) entities)
                        .orElse(0L)
                == entities.length;
    }

    public void advance(SqlQueries transaction, String entity, Instant scheduledFor, ScanMode mode, UUID runId) {
        transaction.update("""
                insert into automation.watermark as w (entity, complete_at, full_at, run_id)
                values ($1, $2::timestamptz, case when $3::boolean then $2::timestamptz end, $4)
                on conflict (entity) do update
                set complete_at = excluded.complete_at, full_at = coalesce(excluded.full_at, w.full_at), run_id = excluded.run_id
                """, entity, scheduledFor, mode == ScanMode.FULL, runId);
    }
}

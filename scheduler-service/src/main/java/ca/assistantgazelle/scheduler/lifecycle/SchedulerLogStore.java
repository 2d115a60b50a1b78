package ca.assistantgazelle.scheduler.lifecycle;

import ca.assistantgazelle.runtime.sql.SqlQueries;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Writes {@code scheduler_logs}: one row per attempt with a deterministic id, so that writing it again is an update.
 */
@Singleton
class SchedulerLogStore {
    void save(SqlQueries transaction, List<SchedulerLogRow> rows) {
        transaction.update(
                """
        insert into public.scheduler_logs (id, job_name, status, started_at, completed_at, duration_seconds, error_message, details)
        select id, job_name, status, started_at, completed_at, duration_seconds, error_message, details::jsonb
        from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::int[], $7::text[], $8::text[])
          as t (id, job_name, status, started_at, completed_at, duration_seconds, error_message, details)
        on conflict (id) do update
        set status = excluded.status, started_at = excluded.started_at, completed_at = excluded.completed_at,
          duration_seconds = excluded.duration_seconds, error_message = excluded.error_message, details = excluded.details
        """,
                rows.stream().map(SchedulerLogRow::id).toArray(UUID[]::new),
                rows.stream().map(row -> row.run().job()).toArray(String[]::new),
                rows.stream().map(SchedulerLogRow::status).toArray(String[]::new),
                rows.stream().map(row -> row.attempt().startedAt()).toArray(Instant[]::new),
                rows.stream().map(row -> row.attempt().finishedAt()).toArray(Instant[]::new),
                rows.stream().map(SchedulerLogRow::durationSeconds).toArray(Integer[]::new),
                rows.stream().map(SchedulerLogRow::errorMessage).toArray(String[]::new),
                rows.stream().map(SchedulerLogRow::details).toArray(String[]::new));
    }
}

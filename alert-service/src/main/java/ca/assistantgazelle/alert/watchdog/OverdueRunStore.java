package ca.assistantgazelle.alert.watchdog;

import ca.assistantgazelle.contract.digest.ContentDigests;
import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Queries of successful and excused runs, and the record of overdue ones. */
@Singleton
class OverdueRunStore {
    /** A run that was overdue and is no longer. */
    record RecoveredRun(String job, String fireKey, UUID runId) {}

    /** Since when the job is watched with this timetable; now when the timetable is new. */
    Instant watchedSince(SqlQueries transaction, WatchedDeadlines.WatchedJob watched, Instant now) {
        return transaction
                .first(
                        """
                        insert into automation.watched_deadline as w (job, schedule, since) values ($1, $2, $3)
                        on conflict (job) do update
                        set since = case when w.schedule = excluded.schedule then w.since else excluded.since end,
                          schedule = excluded.schedule
                        returning since
                        """,
                        row -> SqlQueries.instant(row, "since"),
                        watched.job().id(),
                        EventJson.write(watched.job().scheduling().schedule()),
                        now)
                .orElseThrow();
    }

    /** Whether any run of the job succeeded at or after the instant. */
    boolean hasSucceeded(SqlQueries queries, String job, Instant since) {
        return queries.first("""
                select 1 from automation.v_job_success
                where job = $1 and completed_at >= $2
                  and started_at >= $2::timestamptz - interval '1 day'
                limit 1
                """, row -> true, job, since).isPresent();
    }

    /**
     * Why the missing success is not reported: the job is or was paused, the run failed or was missed and has been
     * reported already, was retried by a person, or has just been caught up. Empty when it must be reported.
     */
    Optional<String> findExcuse(SqlQueries queries, WatchedDeadline deadline, Instant now) {
        return queries.first(
                """
                select coalesce(disposition, status) from automation.v_planned_run
                where job = $1 and fire_key = $2
                  and (status in ('error', 'cancelled') or disposition in ('SUPPRESSED_PAUSED', 'MISSED_EXPIRED')
                    or cause = 'CATCH_UP' and created_at > $5 or retried_by_hand)
                union all
                select 'SUPPRESSED_PAUSED' from automation.v_job_pause
                where job = $1 and (
                  paused_at <= $3 and (paused_until is null or paused_until > $3)
                  or paused_at <= $4 and (paused_until is null or paused_until > $4))
                limit 1
                """,
                row -> row.getString(0),
                deadline.job().id(),
                deadline.fire().key(),
                deadline.fire().at(),
                now,
                now.minus(deadline.job().scheduling().overdueAfter()));
    }

    /** The id of the fire's run; derived from job and fire when no scheduler has written the run. */
    UUID runId(SqlQueries queries, WatchedDeadline deadline) {
        return queries.first(
                        "select run_id from automation.v_planned_run where job = $1 and fire_key = $2",
                        row -> row.getUUID(0),
                        deadline.job().id(),
                        deadline.fire().key())
                .orElseGet(() -> ContentDigests.nameUuid(
                        deadline.job().id() + " " + deadline.fire().key()));
    }

    /** Records the deadline as overdue; false when it already was, by any process. */
    boolean recordOverdue(SqlQueries transaction, WatchedDeadline deadline, UUID runId, Instant now) {
        return transaction.update(
                        """
                        insert into automation.overdue (job, fire_key, run_id, deadline, fire_at, raised_at)
                        values ($1, $2, $3, $4, $5, $6)
                        on conflict (job, fire_key) do nothing
                        """,
                        deadline.job().id(),
                        deadline.fire().key(),
                        runId,
                        deadline.at(),
                        deadline.fire().at(),
                        now)
                == 1;
    }

    /** Marks overdue runs as recovered that have succeeded since; each once. */
    List<RecoveredRun> recordRecoveries(SqlQueries transaction, Instant now) {
        return transaction.list("""
                update automation.overdue o set recovered_at = $1
                where recovered_at is null and exists (
                  select from automation.v_job_success l
                  where l.job = o.job and l.completed_at >= o.fire_at
                    and l.started_at >= o.fire_at - interval '1 day')
                returning job, fire_key, run_id
                """, row -> new RecoveredRun(row.getString(0), row.getString(1), row.getUUID(2)), now);
    }

    /** Number of overdue runs by job, without jobs that have none. */
    Map<String, Long> countOpen(SqlQueries queries) {
        var open = new HashMap<String, Long>();
        queries.list(
                        "select job, count(*) from automation.overdue where recovered_at is null group by job",
                        row -> Map.entry(row.getString(0), row.getLong(1)))
                .forEach(entry -> open.put(entry.getKey(), entry.getValue()));
        return open;
    }
}

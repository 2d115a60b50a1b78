package ca.assistantgazelle.scheduler.ledger;

import static ca.assistantgazelle.scheduler.ledger.RunRows.COLUMNS;

import ca.assistantgazelle.runtime.sql.SqlQueries;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Selects runs for a transition and locks them until the end of the transaction. */
public final class RunLocks {
    private RunLocks() {}

    /** Those of these runs that exist, always locked in the same order, so that two callers do not deadlock. */
    public static List<JobRun> byId(SqlQueries transaction, List<UUID> runIds) {
        // One primary key lookup per run.
        return transaction.list("""
                select locked.*
                from unnest($1::uuid[]) with ordinality as requested (id, position) cross join lateral (
                  select %s from automation.run where run_id = requested.id for update) locked
                order by requested.position
                """.formatted(COLUMNS), RunRows::fromRow, (Object)
                runIds.stream().sorted().toArray(UUID[]::new));
    }

    /** Retries due now, of jobs that are not paused; leaves out runs that another transaction has locked. */
    public static List<JobRun> dueRetries(SqlQueries transaction, Instant now, int limit) {
        return select(transaction, """
                status = 'waiting_retry' and next_attempt_at <= $1 and (fire_key is null or useful_until > $1)
                  and not exists (
                    select from automation.job_state paused
                    where paused.job = run.job and paused_at is not null and (paused_until is null or paused_until > $1))
                order by next_attempt_at
                limit $2
                for update skip locked
                """, now, limit);
    }

    /**
     * Open runs that are no longer of use, also ones that a worker may be executing; leaves out runs that another
     * transaction has locked. A retry of a requested run gets a new limit when it starts.
     */
    public static List<JobRun> noLongerUseful(SqlQueries transaction, Instant now) {
        return select(transaction, """
                useful_until <= $1
                  and (status in ('queued', 'running') and (wait_reason is null or fire_key is not null)
                    or status = 'waiting_retry' and fire_key is not null)
                order by run_id
                for update skip locked
                """, now);
    }

    /** Fires of a job that a pause suppressed since that instant and that are still of use, latest first. */
    public static List<JobRun> suppressedByPause(
            SqlQueries transaction, String job, Instant since, Instant now, int limit) {
        return select(transaction, """
                job = $1 and disposition = 'SUPPRESSED_PAUSED' and status = 'not_run' and scheduled_for >= $2
                  and useful_until > $4
                order by scheduled_for desc
                limit $3
                for update
                """, job, since, limit, now);
    }

    /** Runs of jobs that are not among the known ones and that no worker has been asked to start. */
    public static List<JobRun> unrequestedOfOtherJobs(SqlQueries transaction, Collection<String> knownJobs) {
        return select(transaction, """
                job <> all ($1) and (status = 'waiting_retry' or status = 'queued' and wait_reason is not null)
                for update
                """, (Object) knownJobs.toArray(String[]::new));
    }

    /**
     * Waiting runs whose wait is over and whose job has no earlier open run, oldest first; leaves out runs that another
     * transaction has locked.
     */
    public static List<ReleasableRun> releasable(SqlQueries transaction, Instant now, int limit) {
        return transaction.list("""
                select r.*, awaited.status as awaited_status
                from automation.run r
                left join automation.run awaited on awaited.job = r.waits_for_job and awaited.fire_key = r.waits_for_fire_key
                where r.status = 'queued' and (r.useful_until is null or r.useful_until > $1)
                  and (r.wait_reason = 'OVERLAP'
                    or r.wait_reason = 'DEPENDENCY' and (
                      awaited.status not in ('queued', 'running', 'waiting_retry') or r.wait_until <= $1
                      or awaited.run_id is null and exists (
                        select from automation.job_state past
                        where past.job = r.waits_for_job and past.planned_until >= r.scheduled_for)))
                  and not exists (
                    select from automation.run other
                    where other.job = r.job and other.status in ('queued', 'running', 'waiting_retry')
                      and other.run_id <> r.run_id
                      and (other.wait_reason is null
                        or (other.created_at, other.scheduled_for, other.run_id) < (r.created_at, r.scheduled_for, r.run_id)))
                order by r.created_at, r.scheduled_for
                limit $2
                for update of r skip locked
                """, ReleasableRun::of, now, limit);
    }

    /** An attempt of an open run. */
    public record OpenAttempt(UUID runId, int attempt) {}

    /** The current attempts of runs created before the instant that are queued or running; not locked. */
    public static List<OpenAttempt> openBefore(SqlQueries queries, Instant instant) {
        return queries.list("""
                select run_id, attempt from automation.run
                where status in ('queued', 'running') and wait_reason is null and created_at < $1
                """, row -> new OpenAttempt(row.getUUID("run_id"), row.getInteger("attempt")), instant);
    }

    private static List<JobRun> select(SqlQueries transaction, String condition, Object... parameters) {
        return transaction.list(
                "select %s from automation.run run where %s".formatted(COLUMNS, condition),
                RunRows::fromRow,
                parameters);
    }
}

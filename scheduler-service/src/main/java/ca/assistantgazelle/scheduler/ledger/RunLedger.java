package ca.assistantgazelle.scheduler.ledger;

import static ca.assistantgazelle.scheduler.ledger.RunRows.COLUMNS;
import static ca.assistantgazelle.scheduler.ledger.RunRows.instants;
import static ca.assistantgazelle.scheduler.ledger.RunRows.numbers;
import static ca.assistantgazelle.scheduler.ledger.RunRows.texts;
import static ca.assistantgazelle.scheduler.ledger.RunRows.waiting;

import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.runtime.sql.AdvisoryLock;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The run ledger, one row per run. The only class that writes {@code automation.run}: runs are created here, and
 * changed by locking them, applying a transition of {@link JobRun} and saving the result.
 */
@Singleton
public class RunLedger {
    private static final String INSERT = """
                insert into automation.run (run_id, job, cause, fire_key, nominal, zone, scheduled_for, useful_until, parameters,
                  parent_run_id, requested_by, status, disposition, plan_note, attempt, max_attempts, finished_at,
                  wait_reason, wait_until, waits_for_job, waits_for_fire_key, traceparent, created_at)
                select run_id, job, cause, fire_key, nominal, zone, scheduled_for, useful_until, parameters::jsonb,
                  parent_run_id, requested_by, status, disposition, plan_note, attempt, max_attempts, finished_at,
                  wait_reason, wait_until, waits_for_job, waits_for_fire_key, traceparent, created_at
                from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[],
                  $8::timestamptz[], $9::text[], $10::uuid[], $11::text[], $12::text[], $13::text[], $14::text[], $15::int[],
                  $16::int[], $17::timestamptz[], $18::text[], $19::timestamptz[], $20::text[], $21::text[], $22::text[],
                  $23::timestamptz[])
                  as t (run_id, job, cause, fire_key, nominal, zone, scheduled_for, useful_until, parameters, parent_run_id,
                    requested_by, status, disposition, plan_note, attempt, max_attempts, finished_at, wait_reason, wait_until,
                    waits_for_job, waits_for_fire_key, traceparent, created_at)
                on conflict do nothing
                returning run_id
                """;

    private static final String UPDATE = """
        update automation.run r
        set cause = u.cause, useful_until = u.useful_until, status = u.status, disposition = u.disposition, plan_note = u.plan_note,
          error = u.error::jsonb, attempt = u.attempt, max_attempts = u.max_attempts, cancelled_by = u.cancelled_by,
          accepted_at = u.accepted_at, started_at = u.started_at, finished_at = u.finished_at,
          next_attempt_at = u.next_attempt_at, wait_reason = u.wait_reason, wait_until = u.wait_until,
          waits_for_job = u.waits_for_job, waits_for_fire_key = u.waits_for_fire_key, created_at = u.created_at,
          republished_at = u.republished_at
        from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[],
          $9::int[], $10::text[], $11::timestamptz[], $12::timestamptz[], $13::timestamptz[], $14::timestamptz[],
          $15::text[], $16::timestamptz[], $17::text[], $18::text[], $19::timestamptz[], $20::timestamptz[])
          as u (run_id, cause, useful_until, status, disposition, plan_note, error, attempt, max_attempts, cancelled_by,
            accepted_at, started_at, finished_at, next_attempt_at, wait_reason, wait_until, waits_for_job,
            waits_for_fire_key, created_at, republished_at)
        where r.run_id = u.run_id
        """;

    private static final String OPEN = "status in ('queued', 'running', 'waiting_retry')";

    /** Serialises everything that creates runs of one job until the end of the transaction, also between schedulers. */
    public void lockJob(SqlQueries transaction, String job) {
        lockJobs(transaction, List.of(job));
    }

    /** The same for several jobs, always in the same order, so that two callers do not deadlock. */
    public void lockJobs(SqlQueries transaction, List<String> jobs) {
        AdvisoryLock.JOB.acquire(transaction, jobs);
    }

    /** The oldest run of the job that has not ended. */
    public Optional<JobRun> findOpenRun(SqlQueries queries, String job) {
        return findOpenRuns(queries, List.of(job)).stream().findFirst();
    }

    /** Runs of these jobs that have not ended, oldest first. */
    public List<JobRun> findOpenRuns(SqlQueries queries, List<String> jobs) {
        return queries.list("""
                select %s from automation.run
                where job = any ($1) and %s
                order by created_at, scheduled_for, run_id
                """.formatted(COLUMNS, OPEN), RunRows::fromRow, (Object) jobs.toArray(String[]::new));
    }

    public Optional<JobRun> find(SqlQueries queries, UUID runId) {
        return queries.first(
                "select %s from automation.run where run_id = $1".formatted(COLUMNS), RunRows::fromRow, runId);
    }

    /**
     * Inserts runs whose id and fire are not in the ledger yet.
     *
     * @return the ids of those inserted
     */
    public Set<UUID> create(SqlQueries transaction, List<JobRun> runs) {
        return Set.copyOf(transaction.list(
                INSERT,
                row -> row.getUUID(0),
                runs.stream().map(JobRun::runId).toArray(UUID[]::new),
                texts(runs, JobRun::job),
                texts(runs, run -> run.cause().name()),
                texts(runs, run -> run.fire().key()),
                texts(runs, run -> run.fire().nominal()),
                texts(runs, run -> run.fire().zone()),
                instants(runs, run -> run.fire().scheduledFor()),
                instants(runs, run -> run.fire().usefulUntil()),
                texts(runs, run -> EventJson.write(run.parameters())),
                runs.stream().map(JobRun::parentRunId).toArray(UUID[]::new),
                texts(runs, JobRun::requestedBy),
                texts(runs, run -> run.status().value()),
                texts(runs, run -> run.state().disposition()),
                texts(runs, run -> run.state().planNote()),
                numbers(runs, run -> run.state().attempt()),
                numbers(runs, run -> run.state().maxAttempts()),
                instants(runs, run -> run.times().finishedAt()),
                texts(runs, waiting(wait -> wait.reason().name())),
                instants(runs, waiting(RunWait::until)),
                texts(runs, waiting(RunWait::job)),
                texts(runs, waiting(RunWait::fireKey)),
                texts(runs, JobRun::traceparent),
                instants(runs, JobRun::createdAt)));
    }

    /** Stores the runs as transitions left them. The transaction must have locked them. */
    public void save(SqlQueries transaction, List<JobRun> runs) {
        if (runs.isEmpty()) {
            return;
        }
        transaction.update(
                UPDATE,
                runs.stream().map(JobRun::runId).toArray(UUID[]::new),
                texts(runs, run -> run.cause().name()),
                instants(runs, run -> run.fire().usefulUntil()),
                texts(runs, run -> run.status().value()),
                texts(runs, run -> run.state().disposition()),
                texts(runs, run -> run.state().planNote()),
                texts(runs, RunRows::errorJson),
                numbers(runs, run -> run.state().attempt()),
                numbers(runs, run -> run.state().maxAttempts()),
                texts(runs, run -> run.state().cancelledBy()),
                instants(runs, run -> run.times().acceptedAt()),
                instants(runs, run -> run.times().startedAt()),
                instants(runs, run -> run.times().finishedAt()),
                instants(runs, run -> run.times().nextAttemptAt()),
                texts(runs, waiting(wait -> wait.reason().name())),
                instants(runs, waiting(RunWait::until)),
                texts(runs, waiting(RunWait::job)),
                texts(runs, waiting(RunWait::fireKey)),
                instants(runs, JobRun::createdAt),
                instants(runs, run -> run.times().republishedAt()));
    }
}

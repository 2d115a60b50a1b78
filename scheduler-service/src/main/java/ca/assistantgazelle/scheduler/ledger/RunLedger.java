package ca.assistantgazelle.scheduler.ledger;

import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.runtime.outbox.Outbox;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** SQL on {@code automation.run}. A run and its trigger are written in the same transaction. */
@Singleton
public class RunLedger {
  private final Outbox outbox;
  private final Clock clock;

  public RunLedger(Outbox outbox, Clock clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Serialises the opening of runs of one job until the end of the transaction, also across
   * schedulers.
   */
  public void lockJob(SqlQueries transaction, String job) {
    lockJobs(transaction, List.of(job));
  }

  /** The same for several jobs, locked in a fixed order to avoid deadlocks. */
  public void lockJobs(SqlQueries transaction, List<String> jobs) {
    transaction.list(
        """
        select pg_advisory_xact_lock(hashtextextended('gazelle job ' || job, 0))
        from unnest($1::text[]) with ordinality as wanted (job, place) order by place
        """,
        row -> true,
        (Object) jobs.stream().sorted().toArray(String[]::new));
  }

  /** The oldest run of the job that has not ended. */
  public Optional<JobRun> findOpenRun(SqlQueries queries, String job) {
    return queries.first(
        """
        select %s from automation.run
        where job = $1 and status in ('queued', 'running', 'waiting_retry')
        order by created_at limit 1
        """
            .formatted(JobRun.COLUMNS),
        JobRun::of,
        job);
  }

  /** Runs of these jobs that have not ended, oldest first. */
  public List<JobRun> findOpenRuns(SqlQueries queries, List<String> jobs) {
    return queries.list(
        """
        select %s from automation.run
        where job = any ($1) and status in ('queued', 'running', 'waiting_retry')
        order by created_at, scheduled_for, run_id
        """
            .formatted(JobRun.COLUMNS),
        JobRun::of,
        (Object) jobs.toArray(String[]::new));
  }

  /** Inserts a manually requested run and its trigger. */
  public void createRequested(
      SqlQueries transaction, JobDefinition job, TriggerEvent trigger, String requestedBy) {
    var run =
        JobRun.planned(
            trigger,
            null,
            requestedBy,
            RunStatus.QUEUED,
            null,
            null,
            job.attempts(),
            clock.instant(),
            null,
            null,
            null,
            null);
    insert(transaction, List.of(run));
    outbox.addTrigger(transaction, job.worker().triggerTopic(), trigger, run.traceparent());
  }

  /**
   * Inserts a run whose trigger did not come from the scheduler, when its first event arrives; does
   * nothing if the run exists.
   */
  public void recordExternalRun(SqlQueries transaction, JobDefinition job, TriggerEvent trigger) {
    insert(
        transaction,
        List.of(
            JobRun.planned(
                trigger,
                null,
                null,
                RunStatus.QUEUED,
                null,
                "the trigger was not published by the scheduler",
                job.attempts(),
                clock.instant(),
                null,
                null,
                null,
                null)));
  }

  /**
   * Inserts runs, except those whose id or fire already exists.
   *
   * @return the ids of the inserted runs
   */
  public Set<UUID> insert(SqlQueries transaction, List<JobRun> runs) {
    return Set.copyOf(
        transaction.list(
            """
            insert into automation.run (run_id, job, cause, fire_key, nominal, zone, scheduled_for, not_after, parameters,
              parent_run_id, replay_id, requested_by, status, disposition, reason, attempt, max_attempts, finished_at,
              traceparent, created_at, held, held_until, awaited_job, awaited_key)
            select run_id, job, cause, fire_key, nominal, zone, scheduled_for, not_after, parameters::jsonb,
              parent_run_id, replay_id, requested_by, status, disposition, reason, attempt, max_attempts, finished_at,
              traceparent, created_at, held, held_until, awaited_job, awaited_key
            from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[],
              $8::timestamptz[], $9::text[], $10::uuid[], $11::uuid[], $12::text[], $13::text[], $14::text[], $15::text[],
              $16::int[], $17::int[], $18::timestamptz[], $19::text[], $20::timestamptz[], $21::text[],
              $22::timestamptz[], $23::text[], $24::text[])
              as t (run_id, job, cause, fire_key, nominal, zone, scheduled_for, not_after, parameters, parent_run_id,
                replay_id, requested_by, status, disposition, reason, attempt, max_attempts, finished_at, traceparent,
                created_at, held, held_until, awaited_job, awaited_key)
            on conflict do nothing
            returning run_id
            """,
            row -> row.getUUID(0),
            runs.stream().map(JobRun::runId).toArray(UUID[]::new),
            texts(runs, JobRun::job),
            texts(runs, run -> run.cause().name()),
            texts(runs, JobRun::fireKey),
            texts(runs, JobRun::nominal),
            texts(runs, JobRun::zone),
            instants(runs, JobRun::scheduledFor),
            instants(runs, JobRun::notAfter),
            texts(runs, run -> EventJson.write(run.parameters())),
            runs.stream().map(JobRun::parentRunId).toArray(UUID[]::new),
            runs.stream().map(JobRun::replayId).toArray(UUID[]::new),
            texts(runs, JobRun::requestedBy),
            texts(runs, run -> run.status().value()),
            texts(runs, JobRun::disposition),
            texts(runs, JobRun::reason),
            runs.stream().map(JobRun::attempt).toArray(Integer[]::new),
            runs.stream().map(JobRun::maxAttempts).toArray(Integer[]::new),
            instants(runs, JobRun::finishedAt),
            texts(runs, JobRun::traceparent),
            instants(runs, JobRun::createdAt),
            texts(runs, run -> run.waitReason() == null ? null : run.waitReason().name()),
            instants(runs, JobRun::waitUntil),
            texts(runs, JobRun::waitsForJob),
            texts(runs, JobRun::waitsForKey)));
  }

  private static String[] texts(List<JobRun> runs, Function<JobRun, String> column) {
    return runs.stream().map(column).toArray(String[]::new);
  }

  private static OffsetDateTime[] instants(List<JobRun> runs, Function<JobRun, Instant> column) {
    return runs.stream().map(run -> at(column.apply(run))).toArray(OffsetDateTime[]::new);
  }

  public Optional<JobRun> find(SqlQueries queries, UUID runId) {
    return queries.first(
        "select %s from automation.run where run_id = $1".formatted(JobRun.COLUMNS),
        JobRun::of,
        runId);
  }

  /**
   * Locks the runs until the end of the transaction, in a fixed order to avoid deadlocks, with one
   * primary key lookup per run.
   */
  public List<JobRun> lockRuns(SqlQueries transaction, List<UUID> runIds) {
    return transaction.list(
        """
        select held.*
        from unnest($1::uuid[]) with ordinality as wanted (id, place) cross join lateral (
          select %s from automation.run where run_id = wanted.id for update) held
        order by wanted.place
        """
            .formatted(JobRun.COLUMNS),
        JobRun::of,
        (Object) runIds.stream().sorted().toArray(UUID[]::new));
  }

  /** Stores the run states that result from verdicts. */
  public void save(SqlQueries transaction, List<JobRun> runs) {
    if (runs.isEmpty()) {
      return;
    }
    transaction.update(
        """
        update automation.run r
        set status = u.status, disposition = u.disposition, reason = u.reason, attempt = u.attempt,
          accepted_at = u.accepted_at, started_at = u.started_at, finished_at = u.finished_at, error = u.error::jsonb,
          next_attempt_at = u.next_attempt_at
        from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::int[], $6::timestamptz[], $7::timestamptz[],
          $8::timestamptz[], $9::text[], $10::timestamptz[])
          as u (run_id, status, disposition, reason, attempt, accepted_at, started_at, finished_at, error,
            next_attempt_at)
        where r.run_id = u.run_id
        """,
        runs.stream().map(JobRun::runId).toArray(UUID[]::new),
        runs.stream().map(run -> run.status().value()).toArray(String[]::new),
        runs.stream().map(JobRun::disposition).toArray(String[]::new),
        runs.stream().map(JobRun::reason).toArray(String[]::new),
        runs.stream().map(JobRun::attempt).toArray(Integer[]::new),
        runs.stream().map(run -> at(run.acceptedAt())).toArray(OffsetDateTime[]::new),
        runs.stream().map(run -> at(run.startedAt())).toArray(OffsetDateTime[]::new),
        runs.stream().map(run -> at(run.finishedAt())).toArray(OffsetDateTime[]::new),
        runs.stream()
            .map(run -> run.error() == null ? null : EventJson.write(run.error()))
            .toArray(String[]::new),
        runs.stream().map(run -> at(run.nextAttemptAt())).toArray(OffsetDateTime[]::new));
  }

  private static OffsetDateTime at(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}

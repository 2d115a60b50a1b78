package ca.assistantgazelle.ledger;

import ca.assistantgazelle.catalogue.Job;
import ca.assistantgazelle.event.EventJson;
import ca.assistantgazelle.event.Trigger;
import ca.assistantgazelle.outbox.Outbox;
import ca.assistantgazelle.sql.Queries;
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

/** Room 2: one row per run. Whatever opens a run writes its trigger in the same transaction. */
@Singleton
public class Ledger {
  private final Outbox outbox;
  private final Clock clock;

  public Ledger(Outbox outbox, Clock clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Serialises everything that opens runs of one job, until the end of the transaction: two
   * requests at the same moment, in two schedulers, follow each other.
   */
  public void lockJob(Queries transaction, String job) {
    lockJobs(transaction, List.of(job));
  }

  /** The same for several jobs, in an order that keeps two callers from blocking each other. */
  public void lockJobs(Queries transaction, List<String> jobs) {
    transaction.list(
        """
        select pg_advisory_xact_lock(hashtextextended('gazelle job ' || job, 0))
        from unnest($1::text[]) with ordinality as wanted (job, place) order by place
        """,
        row -> true,
        (Object) jobs.stream().sorted().toArray(String[]::new));
  }

  /** The run of the job that has not ended yet. */
  public Optional<Run> openRun(Queries queries, String job) {
    return queries.first(
        """
        select %s from automation.run
        where job = $1 and status in ('queued', 'running', 'waiting_retry')
        order by created_at limit 1
        """
            .formatted(Run.COLUMNS),
        Run::of,
        job);
  }

  /** Runs of these jobs that have not ended, oldest first. */
  public List<Run> openRuns(Queries queries, List<String> jobs) {
    return queries.list(
        """
        select %s from automation.run
        where job = any ($1) and status in ('queued', 'running', 'waiting_retry')
        order by created_at, scheduled_for, run_id
        """
            .formatted(Run.COLUMNS),
        Run::of,
        (Object) jobs.toArray(String[]::new));
  }

  /** Writes a requested run and its trigger. */
  public void open(Queries transaction, Job job, Trigger trigger, String requestedBy) {
    var run =
        Run.planned(
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
    outbox.trigger(transaction, job.worker().triggerTopic(), trigger, run.traceparent());
  }

  /**
   * Writes a run that somebody else's trigger started, when its first news arrives; nothing when it
   * is known.
   */
  public void adopt(Queries transaction, Job job, Trigger trigger) {
    insert(
        transaction,
        List.of(
            Run.planned(
                trigger,
                null,
                null,
                RunStatus.QUEUED,
                null,
                "its trigger was not written by this ledger",
                job.attempts(),
                clock.instant(),
                null,
                null,
                null,
                null)));
  }

  /**
   * Writes runs that are not there yet: neither their id nor their fire.
   *
   * @return the ids of those written
   */
  public Set<UUID> insert(Queries transaction, List<Run> runs) {
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
            runs.stream().map(Run::runId).toArray(UUID[]::new),
            texts(runs, Run::job),
            texts(runs, run -> run.cause().name()),
            texts(runs, Run::fireKey),
            texts(runs, Run::nominal),
            texts(runs, Run::zone),
            instants(runs, Run::scheduledFor),
            instants(runs, Run::notAfter),
            texts(runs, run -> EventJson.write(run.parameters())),
            runs.stream().map(Run::parentRunId).toArray(UUID[]::new),
            runs.stream().map(Run::replayId).toArray(UUID[]::new),
            texts(runs, Run::requestedBy),
            texts(runs, run -> run.status().word()),
            texts(runs, Run::disposition),
            texts(runs, Run::reason),
            runs.stream().map(Run::attempt).toArray(Integer[]::new),
            runs.stream().map(Run::maxAttempts).toArray(Integer[]::new),
            instants(runs, Run::finishedAt),
            texts(runs, Run::traceparent),
            instants(runs, Run::createdAt),
            texts(runs, run -> run.held() == null ? null : run.held().name()),
            instants(runs, Run::heldUntil),
            texts(runs, Run::awaitedJob),
            texts(runs, Run::awaitedKey)));
  }

  private static String[] texts(List<Run> runs, Function<Run, String> column) {
    return runs.stream().map(column).toArray(String[]::new);
  }

  private static OffsetDateTime[] instants(List<Run> runs, Function<Run, Instant> column) {
    return runs.stream().map(run -> at(column.apply(run))).toArray(OffsetDateTime[]::new);
  }

  public Optional<Run> find(Queries queries, UUID runId) {
    return queries.first(
        "select %s from automation.run where run_id = $1".formatted(Run.COLUMNS), Run::of, runId);
  }

  /**
   * The runs, held until the end of the transaction, in an order that keeps two collectors from
   * blocking each other. One look into the primary key per run, however many there are.
   */
  public List<Run> hold(Queries transaction, List<UUID> runIds) {
    return transaction.list(
        """
        select held.*
        from unnest($1::uuid[]) with ordinality as wanted (id, place) cross join lateral (
          select %s from automation.run where run_id = wanted.id for update) held
        order by wanted.place
        """
            .formatted(Run.COLUMNS),
        Run::of,
        (Object) runIds.stream().sorted().toArray(UUID[]::new));
  }

  /** Stores what verdicts change about runs. */
  public void save(Queries transaction, List<Run> runs) {
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
        runs.stream().map(Run::runId).toArray(UUID[]::new),
        runs.stream().map(run -> run.status().word()).toArray(String[]::new),
        runs.stream().map(Run::disposition).toArray(String[]::new),
        runs.stream().map(Run::reason).toArray(String[]::new),
        runs.stream().map(Run::attempt).toArray(Integer[]::new),
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

package ca.assistantgazelle.ledger;

import ca.assistantgazelle.catalogue.Job;
import ca.assistantgazelle.event.EventHeaders;
import ca.assistantgazelle.event.EventJson;
import ca.assistantgazelle.event.Trigger;
import ca.assistantgazelle.outbox.Outbox;
import ca.assistantgazelle.sql.Queries;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Room 2: one row per run. Whatever opens a run writes its trigger in the same transaction. */
@Singleton
public class Ledger {
  private final Outbox outbox;

  Ledger(Outbox outbox) {
    this.outbox = outbox;
  }

  /**
   * Serialises everything that opens runs of one job, until the end of the transaction: two
   * requests at the same moment, in two schedulers, follow each other.
   */
  public void lockJob(Queries transaction, String job) {
    transaction.first(
        "select pg_advisory_xact_lock(hashtextextended('gazelle job ' || $1, 0))",
        row -> true,
        job);
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

  /** Writes the run and its first trigger. */
  public void open(Queries transaction, Job job, Trigger trigger, String requestedBy) {
    var trace = EventHeaders.newTrace();
    insert(transaction, job, trigger, requestedBy, null, trace);
    outbox.trigger(transaction, job.worker().triggerTopic(), trigger, trace);
  }

  /**
   * Writes a run that somebody else's trigger started, when its first news arrives; nothing when it
   * is known.
   */
  public void adopt(Queries transaction, Job job, Trigger trigger) {
    insert(transaction, job, trigger, null, "its trigger was not written by this ledger", null);
  }

  private static void insert(
      Queries transaction,
      Job job,
      Trigger trigger,
      String requestedBy,
      String reason,
      String traceparent) {
    transaction.update(
        """
        insert into automation.run (run_id, job, cause, nominal, zone, scheduled_for, not_after, parameters,
          parent_run_id, replay_id, requested_by, status, reason, attempt, max_attempts, traceparent)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'queued', $12, $13, $14, $15)
        on conflict (run_id) do nothing
        """,
        trigger.runId(),
        job.id(),
        trigger.cause().name(),
        trigger.nominal(),
        trigger.zone(),
        at(trigger.scheduledFor()),
        at(trigger.notAfter()),
        new JsonObject(EventJson.write(trigger.parameters())),
        trigger.parentRunId(),
        trigger.replayId(),
        requestedBy,
        reason,
        trigger.attempt(),
        job.attempts(),
        traceparent);
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
          accepted_at = u.accepted_at, started_at = u.started_at, finished_at = u.finished_at, error = u.error::jsonb
        from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::int[], $6::timestamptz[], $7::timestamptz[],
          $8::timestamptz[], $9::text[])
          as u (run_id, status, disposition, reason, attempt, accepted_at, started_at, finished_at, error)
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
            .toArray(String[]::new));
  }

  private static OffsetDateTime at(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}

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
   * blocking each other.
   */
  public List<Run> hold(Queries transaction, List<UUID> runIds) {
    return transaction.list(
        "select %s from automation.run where run_id = any ($1) order by run_id for update"
            .formatted(Run.COLUMNS),
        Run::of,
        (Object) runIds.toArray(UUID[]::new));
  }

  /** Stores what a verdict changes about a run. */
  public void save(Queries transaction, Run run) {
    transaction.update(
        """
        update automation.run
        set status = $2, disposition = $3, reason = $4, attempt = $5, accepted_at = $6, started_at = $7, finished_at = $8,
          error = $9
        where run_id = $1
        """,
        run.runId(),
        run.status().word(),
        run.disposition(),
        run.reason(),
        run.attempt(),
        at(run.acceptedAt()),
        at(run.startedAt()),
        at(run.finishedAt()),
        run.error() == null ? null : new JsonObject(EventJson.write(run.error())));
  }

  private static OffsetDateTime at(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}

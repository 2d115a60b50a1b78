package ca.assistantgazelle.request;

import ca.assistantgazelle.audit.Audit;
import ca.assistantgazelle.catalogue.JobCatalogue;
import ca.assistantgazelle.event.Cause;
import ca.assistantgazelle.ledger.Ledger;
import ca.assistantgazelle.ledger.Run;
import ca.assistantgazelle.ledger.RunStatus;
import ca.assistantgazelle.outbox.Outbox;
import ca.assistantgazelle.planning.Cancellation;
import ca.assistantgazelle.sql.Database;
import ca.assistantgazelle.sql.Queries;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Ends a run, or gives a run that was given up a further attempt, because a person asks for it. */
@Singleton
class RunActions {
  private final Database database;
  private final Ledger ledger;
  private final Cancellation cancellation;
  private final Outbox outbox;
  private final Audit audit;
  private final JobCatalogue catalogue;
  private final Clock clock;

  RunActions(
      Database database,
      Ledger ledger,
      Cancellation cancellation,
      Outbox outbox,
      Audit audit,
      JobCatalogue catalogue,
      Clock clock) {
    this.database = database;
    this.ledger = ledger;
    this.cancellation = cancellation;
    this.outbox = outbox;
    this.audit = audit;
    this.catalogue = catalogue;
    this.clock = clock;
  }

  /** What came of the request. */
  sealed interface Answer {
    record Done(Run run, RunStatus status) implements Answer {}

    record Unknown() implements Answer {}

    /** The run stands where the request makes no sense. */
    record Refused(Run run, String why) implements Answer {}
  }

  Answer cancel(UUID runId, String by, boolean dryRun) {
    return database.inTransaction(
        transaction -> {
          var run = held(transaction, runId);
          if (run.isEmpty()) {
            return new Answer.Unknown();
          }
          if (!run.get().isOpen()) {
            return new Answer.Refused(run.get(), "it has ended: " + run.get().status().word());
          }
          if (dryRun) {
            return new Answer.Done(run.get(), run.get().status());
          }
          var status = cancellation.cancel(transaction, run.get(), by);
          audit.note(transaction, by, "cancel", run.get().job(), runId, Map.of());
          return new Answer.Done(run.get(), status);
        });
  }

  Answer retry(UUID runId, String by, boolean dryRun) {
    return database.inTransaction(
        transaction -> {
          var found = ledger.find(transaction, runId);
          if (found.isEmpty()) {
            return new Answer.Unknown();
          }
          ledger.lockJob(transaction, found.get().job());
          var run = held(transaction, runId).orElseThrow();
          var obstacle = obstacle(transaction, run);
          if (obstacle.isPresent()) {
            return new Answer.Refused(run, obstacle.get());
          }
          if (!dryRun) {
            retry(transaction, run);
            audit.note(transaction, by, "retry", run.job(), runId, Map.of());
          }
          return new Answer.Done(run, dryRun ? run.status() : RunStatus.QUEUED);
        });
  }

  private Optional<String> obstacle(Queries transaction, Run run) {
    if (run.status() != RunStatus.ERROR && run.status() != RunStatus.CANCELLED) {
      return Optional.of(
          "it is "
              + run.status().word()
              + ", and only a run that was given up or cancelled gets a further attempt");
    }
    if (catalogue.find(run.job()).isEmpty()) {
      return Optional.of("its job is no longer in the catalogue");
    }
    return ledger
        .openRun(transaction, run.job())
        .map(open -> "run " + open.runId() + " of the job is open; wait for it to end");
  }

  private void retry(Queries transaction, Run run) {
    var job = catalogue.find(run.job()).orElseThrow();
    var lastUseful = clock.instant().plus(job.maxLateness());
    transaction.update(
        """
        update automation.run
        set status = 'queued', disposition = null, reason = $3, finished_at = null, cancel_requested_by = null,
          attempt = attempt + 1, max_attempts = greatest(max_attempts, attempt + 1), not_after = $2
        where run_id = $1
        """,
        run.runId(),
        lastUseful.atOffset(ZoneOffset.UTC),
        run.reasonBeforeError());
    outbox.trigger(
        transaction,
        job.worker().triggerTopic(),
        run.trigger(run.attempt() + 1, Cause.RETRY, lastUseful),
        run.traceparent());
  }

  private Optional<Run> held(Queries transaction, UUID runId) {
    return ledger.hold(transaction, List.of(runId)).stream().findFirst();
  }
}

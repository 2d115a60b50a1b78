package ca.assistantgazelle.request;

import ca.assistantgazelle.catalogue.Job;
import ca.assistantgazelle.event.Cause;
import ca.assistantgazelle.event.Trigger;
import ca.assistantgazelle.ledger.Ledger;
import ca.assistantgazelle.ledger.Run;
import ca.assistantgazelle.ledger.RunIds;
import ca.assistantgazelle.sql.Database;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Opens a run because a person asks for it. */
@Singleton
class ManualRuns {
  private final Database database;
  private final Ledger ledger;
  private final RunIds ids;
  private final Clock clock;

  ManualRuns(Database database, Ledger ledger, RunIds ids, Clock clock) {
    this.database = database;
    this.ledger = ledger;
    this.ids = ids;
    this.clock = clock;
  }

  /** What came of the request. */
  sealed interface Answer {
    record Opened(UUID runId) implements Answer {}

    /** The job has an open run, and never has two. */
    record AlreadyOpen(Run run) implements Answer {}
  }

  /** What would stand in the way of a request now. */
  Optional<Run> openRun(Job job) {
    return ledger.openRun(database, job.id());
  }

  /**
   * @param parameters already checked against the job
   * @param requestedBy name of the caller's token
   */
  Answer request(Job job, Map<String, Object> parameters, String requestedBy) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return database.inTransaction(
        transaction -> {
          ledger.lockJob(transaction, job.id());
          var open = ledger.openRun(transaction, job.id());
          if (open.isPresent()) {
            return new Answer.AlreadyOpen(open.get());
          }
          var trigger =
              new Trigger(
                  ids.next(),
                  job.id(),
                  1,
                  Cause.MANUAL,
                  null,
                  null,
                  now,
                  now.plus(job.maxLateness()),
                  parameters,
                  null,
                  null);
          ledger.open(transaction, job, trigger, requestedBy);
          return new Answer.Opened(trigger.runId());
        });
  }
}

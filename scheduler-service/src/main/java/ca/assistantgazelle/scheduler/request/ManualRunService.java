package ca.assistantgazelle.scheduler.request;

import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.contract.event.RunCause;
import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.RunIdGenerator;
import ca.assistantgazelle.scheduler.ledger.RunLedger;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Opens manually requested runs. */
@Singleton
class ManualRunService {
  private final Database database;
  private final RunLedger ledger;
  private final RunIdGenerator ids;
  private final Clock clock;

  ManualRunService(Database database, RunLedger ledger, RunIdGenerator ids, Clock clock) {
    this.database = database;
    this.ledger = ledger;
    this.ids = ids;
    this.clock = clock;
  }

  /** Result of the request. */
  sealed interface ManualRunResult {
    record RunCreated(UUID runId) implements ManualRunResult {}

    /** The job already has an open run. */
    record RunAlreadyOpen(JobRun run) implements ManualRunResult {}
  }

  /** The open run that would prevent a new one. */
  Optional<JobRun> findOpenRun(JobDefinition job) {
    return ledger.findOpenRun(database, job.id());
  }

  /**
   * @param parameters already validated against the job
   * @param requestedBy name of the caller's token
   */
  ManualRunResult request(JobDefinition job, Map<String, Object> parameters, String requestedBy) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return database.inTransaction(
        transaction -> {
          ledger.lockJob(transaction, job.id());
          var open = ledger.findOpenRun(transaction, job.id());
          if (open.isPresent()) {
            return new ManualRunResult.RunAlreadyOpen(open.get());
          }
          var trigger =
              new TriggerEvent(
                  ids.next(),
                  job.id(),
                  1,
                  RunCause.MANUAL,
                  null,
                  null,
                  now,
                  now.plus(job.maxLateness()),
                  parameters,
                  null,
                  null);
          ledger.createRequested(transaction, job, trigger, requestedBy);
          return new ManualRunResult.RunCreated(trigger.runId());
        });
  }
}

package ca.assistantgazelle.scheduler.request;

import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.event.RunCause;
import ca.assistantgazelle.runtime.outbox.EventOutbox;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.scheduler.audit.AuditLog;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.RunLedger;
import ca.assistantgazelle.scheduler.ledger.RunLocks;
import ca.assistantgazelle.scheduler.ledger.RunStatus;
import ca.assistantgazelle.scheduler.planning.RunCancellation;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Cancels and retries runs on request. */
@Singleton
class RunActions {
    private static final Logger LOG = Logger.getLogger(RunActions.class);

    private final Database database;
    private final RunLedger ledger;
    private final RunCancellation cancellation;
    private final EventOutbox outbox;
    private final AuditLog audit;
    private final JobCatalogue catalogue;
    private final Clock clock;

    RunActions(
            Database database,
            RunLedger ledger,
            RunCancellation cancellation,
            EventOutbox outbox,
            AuditLog audit,
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

    /** Result of the request. */
    sealed interface RunActionResult {
        record ActionApplied(JobRun run, RunStatus status) implements RunActionResult {}

        record RunNotFound() implements RunActionResult {}

        /** The action is not possible in the current status of the run. */
        record ActionRefused(JobRun run, String reason) implements RunActionResult {}
    }

    RunActionResult cancel(UUID runId, String by, boolean dryRun) {
        return database.inTransaction(transaction -> {
            var run = lockRun(transaction, runId);
            if (run.isEmpty()) {
                return new RunActionResult.RunNotFound();
            }
            if (!run.get().isOpen()) {
                return new RunActionResult.ActionRefused(
                        run.get(),
                        "already ended with status " + run.get().status().value());
            }
            if (dryRun) {
                return new RunActionResult.ActionApplied(run.get(), run.get().status());
            }
            var status = cancellation.cancel(transaction, run.get(), by);
            audit.append(transaction, by, "cancel", run.get().job(), runId, Map.of());
            LOG.infof(
                    "run %s job %s: cancellation requested by %s, now %s",
                    runId, run.get().job(), by, status.value());
            return new RunActionResult.ActionApplied(run.get(), status);
        });
    }

    RunActionResult retry(UUID runId, String by, boolean dryRun) {
        return database.inTransaction(transaction -> {
            var found = ledger.find(transaction, runId);
            if (found.isEmpty()) {
                return new RunActionResult.RunNotFound();
            }
            ledger.lockJob(transaction, found.get().job());
            var run = lockRun(transaction, runId).orElseThrow();
            var obstacle = findObstacle(transaction, run);
            if (obstacle.isPresent()) {
                return new RunActionResult.ActionRefused(run, obstacle.get());
            }
            if (!dryRun) {
                retry(transaction, run);
                audit.append(transaction, by, "retry", run.job(), runId, Map.of());
                LOG.infof("run %s job %s: further attempt requested by %s", runId, run.job(), by);
            }
            return new RunActionResult.ActionApplied(run, dryRun ? run.status() : RunStatus.QUEUED);
        });
    }

    private Optional<String> findObstacle(SqlQueries transaction, JobRun run) {
        if (run.status() != RunStatus.ERROR && run.status() != RunStatus.CANCELLED) {
            return Optional.of(
                    "status is " + run.status().value() + "; only a run that was given up or cancelled can be retried");
        }
        if (catalogue.find(run.job()).isEmpty()) {
            return Optional.of("the job is no longer in the catalogue");
        }
        if (run.fire().key() != null && run.fire().isOver(clock.instant())) {
            return Optional.of("it was of use until " + run.fire().usefulUntil()
                    + "; start a new run with POST /api/scheduler/run/" + run.job());
        }
        return ledger.findOpenRun(transaction, run.job())
                .map(open -> "run " + open.runId() + " of the job is open; wait for it to end");
    }

    private void retry(SqlQueries transaction, JobRun run) {
        var job = catalogue.find(run.job()).orElseThrow();
        var reopened = run.reopened(clock.instant().plus(job.maxLateness()));
        ledger.save(transaction, List.of(reopened));
        outbox.addTrigger(
                transaction, job.worker().triggerTopic(), reopened.trigger(RunCause.RETRY), run.traceparent());
    }

    private Optional<JobRun> lockRun(SqlQueries transaction, UUID runId) {
        return RunLocks.byId(transaction, List.of(runId)).stream().findFirst();
    }
}

package ca.assistantgazelle.scheduler.supervision;

import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.runtime.outbox.EventOutbox;
import ca.assistantgazelle.runtime.outbox.ServiceIdentity;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.RunLedger;
import ca.assistantgazelle.scheduler.ledger.RunLocks;
import ca.assistantgazelle.scheduler.ledger.RunStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Ends open runs whose outcome never reached the ledger, for example because the broker lost acknowledged events. The
 * events that the outbox still has are published once more; if the run is still open after that, it is closed as error
 * {@code OUTCOME_LOST}.
 */
@Singleton
public class OutcomeReconciler {
    private static final Logger LOG = Logger.getLogger(OutcomeReconciler.class);

    private final Database database;
    private final RunLedger ledger;
    private final EventOutbox outbox;
    private final ServiceIdentity service;
    private final Clock clock;
    private final Duration grace;
    private final Counter republished;
    private final Counter closed;

    /** An attempt on which no worker will report any more; {@code state} is null if the inbox does not know it. */
    private record SilentAttempt(UUID runId, int attempt, String state) {}

    public OutcomeReconciler(
            Database database,
            RunLedger ledger,
            EventOutbox outbox,
            ServiceIdentity service,
            Clock clock,
            LostAttemptConfig config,
            MeterRegistry meters) {
        this.database = database;
        this.ledger = ledger;
        this.outbox = outbox;
        this.service = service;
        this.clock = clock;
        this.grace = config.outcomeGrace();
        this.republished = meters.counter("gazelle.runs.republished");
        this.closed = meters.counter("gazelle.runs.outcome.lost");
    }

    /** Looks at all open runs; each is reconciled in a transaction of its own. Returns the number of runs changed. */
    public int reconcile() {
        var before = clock.instant().minus(grace);
        int changed = 0;
        for (var silent : findSilent(before)) {
            changed += database.inTransaction(transaction -> reconcile(transaction, silent, before)) ? 1 : 0;
        }
        return changed;
    }

    private List<SilentAttempt> findSilent(Instant before) {
        var open = RunLocks.openBefore(database, before);
        return open.isEmpty()
                ? List.of()
                : database.list(
                        "select run_id, attempt, state from automation.silent_attempts($1, $2, $3)",
                        row -> new SilentAttempt(
                                row.getUUID("run_id"), row.getInteger("attempt"), row.getString("state")),
                        open.stream().map(RunLocks.OpenAttempt::runId).toArray(UUID[]::new),
                        open.stream().map(RunLocks.OpenAttempt::attempt).toArray(Integer[]::new),
                        before);
    }

    private boolean reconcile(SqlQueries transaction, SilentAttempt silent, Instant before) {
        var found = RunLocks.byId(transaction, List.of(silent.runId())).stream().findFirst();
        if (found.isEmpty()
                || !isOpenAt(found.get(), silent.attempt())
                || outbox.isPending(transaction, silent.runId(), before)) {
            return false;
        }
        var run = found.get();
        if (run.times().republishedAt() == null) {
            int events = outbox.publishAgain(transaction, run.runId());
            if (events > 0) {
                ledger.save(transaction, List.of(run.republished(clock.instant())));
                republished.increment();
                LOG.warnf(
                        "run %s job %s attempt %d: no outcome received, published its %d events again",
                        run.runId(), run.job(), silent.attempt(), events);
                return true;
            }
        } else if (run.times().republishedAt().isAfter(before)) {
            return false;
        }
        // A trigger that no worker has accepted expires when the run is no longer of use, and the scheduler's own jobs
        // have no worker.
        if (silent.state() == null && !run.fire().isOver(clock.instant())) {
            return false;
        }
        close(transaction, run);
        return true;
    }

    private static boolean isOpenAt(JobRun run, int attempt) {
        return (run.status() == RunStatus.QUEUED || run.status() == RunStatus.RUNNING)
                && run.waitsFor() == null
                && run.state().attempt() == attempt;
    }

    private void close(SqlQueries transaction, JobRun run) {
        var now = clock.instant();
        var error = RunError.outcomeLost(run.job(), run.state().attempt());
        var ended = run.state().cancelledBy() == null
                ? run.givenUp(run.state().attempt(), error, now)
                : run.cancelled(run.state().cancelledBy(), error, now);
        ledger.save(transaction, List.of(ended));
        if (ended.status() == RunStatus.ERROR) {
            outbox.addLifecycleEvent(
                    transaction,
                    LifecycleEvent.runFailed(
                            run.runId(), run.job(), run.state().attempt(), now, service.process(), error),
                    run.traceparent());
        }
        closed.increment();
        LOG.errorf(
                "run %s job %s attempt %d: %s",
                run.runId(), run.job(), run.state().attempt(), error.message());
    }
}

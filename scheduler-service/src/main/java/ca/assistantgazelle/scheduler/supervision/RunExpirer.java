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
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Closes runs that are no longer of use and that no worker is running, whatever they wait for: a worker, an earlier
 * run, a retry or the end of a pause. Without it they would start late, or block later runs.
 */
@Singleton
public class RunExpirer {
    private static final Logger LOG = Logger.getLogger(RunExpirer.class);
    private static final String OWN_JOB = "retention_daily";

    private final Database database;
    private final RunLedger ledger;
    private final EventOutbox outbox;
    private final ServiceIdentity service;
    private final Clock clock;

    public RunExpirer(Database database, RunLedger ledger, EventOutbox outbox, ServiceIdentity service, Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.outbox = outbox;
        this.service = service;
        this.clock = clock;
    }

    /** Closes all of them in one transaction; returns their number. */
    public int expireOverdue() {
        return database.inTransaction(this::expireOverdue);
    }

    private int expireOverdue(SqlQueries transaction) {
        var now = clock.instant();
        var overdue = RunLocks.noLongerUseful(transaction, now);
        if (overdue.isEmpty()) {
            return 0;
        }
        var unstarted = closeUnstarted(
                transaction,
                overdue.stream()
                        .filter(run -> run.status() != RunStatus.WAITING_RETRY && !isOwnJob(run))
                        .toList());
        var expired = overdue.stream()
                .filter(run -> run.status() == RunStatus.WAITING_RETRY || unstarted.contains(run.runId()))
                .map(run -> run.expired(run.state().attempt(), error(run), now))
                .toList();
        ledger.save(transaction, expired);
        expired.forEach(run -> publish(transaction, run, now));
        return expired.size();
    }

    // The scheduler's own jobs have no worker; the reconciler closes them.
    private static boolean isOwnJob(JobRun run) {
        return run.job().equals(OWN_JOB);
    }

    // The runs whose attempt no worker is running, and none can start any more.
    private static Set<UUID> closeUnstarted(SqlQueries transaction, List<JobRun> runs) {
        return Set.copyOf(transaction.list(
                "select automation.close_unstarted_attempts($1, $2)",
                row -> row.getUUID(0),
                runs.stream().map(JobRun::runId).toArray(UUID[]::new),
                runs.stream().map(run -> run.state().attempt()).toArray(Integer[]::new)));
    }

    private static RunError error(JobRun run) {
        var until = run.fire().usefulUntil();
        return run.status() == RunStatus.WAITING_RETRY
                ? RunError.retryExpired(
                        run.job(), run.state().attempt(), run.state().error(), until)
                : RunError.triggerExpired(run.job(), until);
    }

    private void publish(SqlQueries transaction, JobRun run, Instant now) {
        outbox.addLifecycleEvent(
                transaction,
                LifecycleEvent.runFailed(
                        run.runId(),
                        run.job(),
                        run.state().attempt(),
                        now,
                        service.process(),
                        run.state().error()),
                run.traceparent());
        LOG.warnf(
                "run %s job %s: expired, it was of use until %s",
                run.runId(), run.job(), run.fire().usefulUntil());
    }
}

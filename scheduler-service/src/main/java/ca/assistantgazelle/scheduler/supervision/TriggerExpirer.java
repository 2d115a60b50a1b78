package ca.assistantgazelle.scheduler.supervision;

import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.runtime.outbox.EventOutbox;
import ca.assistantgazelle.runtime.outbox.ServiceIdentity;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.runtime.task.PeriodicTask;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.RunLedger;
import ca.assistantgazelle.scheduler.ledger.RunLocks;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Closes runs whose trigger was not accepted in time, as error/EXPIRED, so that they do not block later runs. */
@Singleton
class TriggerExpirer {
    private static final Logger LOG = Logger.getLogger(TriggerExpirer.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final Database database;
    private final RunLedger ledger;
    private final EventOutbox outbox;
    private final ServiceIdentity service;
    private final Clock clock;
    private PeriodicTask task;

    TriggerExpirer(Database database, RunLedger ledger, EventOutbox outbox, ServiceIdentity service, Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.outbox = outbox;
        this.service = service;
        this.clock = clock;
    }

    void start(@Observes @Priority(4000) StartupEvent event) {
        task = PeriodicTask.start("trigger expirer", PERIOD, this::runOnce);
    }

    void stop(@Observes @Priority(100) ShutdownEvent event) {
        task.close();
    }

    private boolean runOnce() {
        database.runInTransaction(this::expireOverdue);
        return false;
    }

    private void expireOverdue(SqlQueries transaction) {
        var now = clock.instant();
        var overdue = RunLocks.overdueTriggers(transaction, now);
        if (overdue.isEmpty()) {
            return;
        }
        var unstarted = closeUnstarted(transaction, overdue);
        var expired = overdue.stream()
                .filter(run -> unstarted.contains(run.runId()))
                .map(run -> run.expired(
                        run.state().attempt(),
                        RunError.triggerExpired(run.job(), run.fire().usefulUntil()),
                        now))
                .toList();
        ledger.save(transaction, expired);
        expired.forEach(run -> publish(transaction, run, now));
    }

    // The runs of which no worker has started the attempt, and none can start it any more.
    private static Set<UUID> closeUnstarted(SqlQueries transaction, List<JobRun> runs) {
        return Set.copyOf(transaction.list(
                "select automation.close_unstarted_attempts($1, $2)",
                row -> row.getUUID(0),
                runs.stream().map(JobRun::runId).toArray(UUID[]::new),
                runs.stream().map(run -> run.state().attempt()).toArray(Integer[]::new)));
    }

    private void publish(SqlQueries transaction, JobRun run, Instant now) {
        outbox.addLifecycleEvent(
                transaction,
                LifecycleEvent.of(
                                run.runId(),
                                run.job(),
                                run.state().attempt(),
                                1,
                                LifecycleEventType.RUN_FAILED,
                                now,
                                service.process())
                        .withError(run.state().error()),
                run.traceparent());
        LOG.warnf("run %s job %s: trigger expired before a worker started it", run.runId(), run.job());
    }
}

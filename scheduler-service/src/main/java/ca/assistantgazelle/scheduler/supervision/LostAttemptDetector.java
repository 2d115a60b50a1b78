package ca.assistantgazelle.scheduler.supervision;

import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.runtime.outbox.EventOutbox;
import ca.assistantgazelle.runtime.outbox.ServiceIdentity;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.runtime.task.PeriodicTask;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Detects dead workers: an attempt whose lease expired is LOST. Workers cannot renew leases while the database is away,
 * so a lease counts as expired only after this process itself has had uninterrupted contact with the database for the
 * duration of a lease.
 */
@Singleton
class LostAttemptDetector {
    private static final Logger LOG = Logger.getLogger(LostAttemptDetector.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration MAX_TRANSACTION_TIME = Duration.ofSeconds(2);

    private final Database database;
    private final EventOutbox outbox;
    private final ServiceIdentity service;
    private final Clock clock;
    private final DatabaseContactTracker contact;
    private PeriodicTask task;

    LostAttemptDetector(
            Database database, EventOutbox outbox, ServiceIdentity service, Clock clock, LostAttemptConfig config) {
        this.database = database;
        this.outbox = outbox;
        this.service = service;
        this.clock = clock;
        this.contact = new DatabaseContactTracker(config.lease(), PERIOD.multipliedBy(3));
    }

    void start(@Observes @Priority(4000) StartupEvent event) {
        task = PeriodicTask.start("lost attempt detector", PERIOD, this::runOnce);
    }

    void stop(@Observes @Priority(100) ShutdownEvent event) {
        task.close();
    }

    private boolean runOnce() {
        if (!contact.isLongEnough(System.nanoTime())) {
            database.update("select 1");
            contact.recordContact(System.nanoTime());
            return false;
        }
        var begin = System.nanoTime();
        database.runInTransaction(transaction -> {
            markLost(transaction);
            requireResponsive(begin);
        });
        contact.recordContact(System.nanoTime());
        return false;
    }

    // If the transaction took long, the database was unresponsive and so were all lease renewals:
    // roll back.
    private static void requireResponsive(long begin) {
        if (System.nanoTime() - begin > MAX_TRANSACTION_TIME.toNanos()) {
            throw new IllegalStateException("the transaction took longer than " + MAX_TRANSACTION_TIME.toSeconds()
                    + " s and was rolled back; no attempt was marked LOST");
        }
    }

    private void markLost(SqlQueries transaction) {
        var lost = transaction.list("select * from automation.mark_lost_attempts()", LostAttempt::of);
        for (var attempt : lost) {
            outbox.addLifecycleEvent(transaction, event(attempt), attempt.traceparent);
            LOG.warnf(
                    "run %s job %s attempt %d: lost, worker %s did not renew its lease",
                    attempt.runId, attempt.job, attempt.attempt, attempt.worker);
        }
    }

    private LifecycleEvent event(LostAttempt lost) {
        return LifecycleEvent.of(
                        lost.runId,
                        lost.job,
                        lost.attempt,
                        lost.sequence,
                        LifecycleEventType.LOST,
                        clock.instant(),
                        service.process())
                .withClaim(lost.fence, lost.startedAt)
                .withError(new RunError(
                        "WORKER_LOST",
                        true,
                        "The worker " + lost.worker + " did not renew its lease before it expired.",
                        "Check why the worker ended: its log, memory limit or node."));
    }

    private record LostAttempt(
            UUID runId,
            int attempt,
            String job,
            long fence,
            int sequence,
            String worker,
            Instant startedAt,
            String traceparent) {
        static LostAttempt of(Row row) {
            return new LostAttempt(
                    row.getUUID("run_id"),
                    row.getInteger("attempt"),
                    row.getString("job"),
                    row.getLong("lost_fence"),
                    row.getInteger("sequence"),
                    row.getString("worker"),
                    SqlQueries.instant(row, "started_at"),
                    row.getString("traceparent"));
        }
    }
}

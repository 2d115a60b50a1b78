package ca.assistantgazelle.alert.watchdog;

import ca.assistantgazelle.alert.adminalert.DatabaseOutageNotifier;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.task.PeriodicTask;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Detects runs that never happened. It evaluates the timetable itself and reads only the workers' results, so it works
 * without any scheduler. Each overdue run and each recovery is reported once.
 */
@Singleton
class OverdueRunWatchdog {
    private static final Logger LOG = Logger.getLogger(OverdueRunWatchdog.class);
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);
    private static final Duration OUTAGE_THRESHOLD = Duration.ofMinutes(5);

    private final Database database;
    private final WatchedDeadlines deadlines;
    private final OverdueRunStore store;
    private final OverdueEventPublisher overdueEvents;
    private final DatabaseOutageNotifier outageNotifier;
    private final Clock clock;
    private final Map<String, AtomicLong> overdue = new ConcurrentHashMap<>();
    private final AtomicLong databaseUnavailable = new AtomicLong();
    private long lastContact = System.nanoTime();
    private PeriodicTask task;

    OverdueRunWatchdog(
            Database database,
            WatchedDeadlines deadlines,
            OverdueRunStore store,
            OverdueEventPublisher overdueEvents,
            DatabaseOutageNotifier outageNotifier,
            Clock clock,
            MeterRegistry meters) {
        this.database = database;
        this.deadlines = deadlines;
        this.store = store;
        this.overdueEvents = overdueEvents;
        this.outageNotifier = outageNotifier;
        this.clock = clock;
        for (var watched : deadlines.watchedJobs()) {
            var job = watched.job().id();
            overdue.put(job, meters.gauge("gazelle.runs.overdue", Tags.of("job", job), new AtomicLong()));
        }
        meters.gauge("gazelle.watchdog.database.away", databaseUnavailable);
    }

    void start(@Observes @Priority(4000) StartupEvent event) {
        task = PeriodicTask.start("watchdog", CHECK_INTERVAL, this::step);
    }

    void stop(@Observes @Priority(100) ShutdownEvent event) {
        task.close();
    }

    private boolean step() {
        try {
            checkDeadlines();
            lastContact = System.nanoTime();
            if (databaseUnavailable.getAndSet(0) == 1) {
                LOG.info("Database available again, checking deadlines");
                outageNotifier.notifyRecovered();
            }
            return false;
        } catch (RuntimeException e) {
            reportLongOutage();
            throw e;
        }
    }

    private void reportLongOutage() {
        boolean isLong = System.nanoTime() - lastContact > OUTAGE_THRESHOLD.toNanos();
        if (isLong && databaseUnavailable.getAndSet(1) == 0) {
            LOG.errorf(
                    "database unavailable for %d minutes; cannot tell whether planned runs took place",
                    OUTAGE_THRESHOLD.toMinutes());
            outageNotifier.notifyUnavailable(OUTAGE_THRESHOLD);
        }
    }

    void checkDeadlines() {
        database.runInTransaction(transaction -> {
            var now = clock.instant();
            for (var watched : deadlines.watchedJobs()) {
                var since = store.watchedSince(transaction, watched, now);
                WatchedDeadline.latest(watched.job(), watched.timetable(), since, now)
                        .filter(late -> !store.hasSucceeded(
                                transaction, late.job().id(), late.fire().at()))
                        .filter(late -> store.findExcuse(transaction, late, now).isEmpty())
                        .ifPresent(late -> {
                            var runId = store.runId(transaction, late);
                            if (store.recordOverdue(transaction, late, runId, now)) {
                                overdueEvents.overdue(transaction, late, runId);
                            }
                        });
            }
            store.recordRecoveries(transaction, now).forEach(run -> overdueEvents.recovered(transaction, run));
            var open = store.countOpen(transaction);
            overdue.forEach((job, gauge) -> gauge.set(open.getOrDefault(job, 0L)));
        });
    }
}

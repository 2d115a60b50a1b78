package ca.assistantgazelle.alert.adminalert;

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

/** Notifies the admin once when a job succeeds again after a failure that the admin was notified of. */
@Singleton
class RunRecoveryMonitor {
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(30);

    /** The watchdog publishes the recovery of an overdue run by itself, within this time. */
    private static final Duration WATCHDOG_DELAY = Duration.ofSeconds(30);

    private static final Duration MAX_FAILURE_AGE = Duration.ofDays(30);

    private final Database database;
    private final AdminNotificationQueue queue;
    private final Clock clock;
    private PeriodicTask task;

    RunRecoveryMonitor(Database database, AdminNotificationQueue queue, Clock clock) {
        this.database = database;
        this.queue = queue;
        this.clock = clock;
    }

    void start(@Observes @Priority(5000) StartupEvent event) {
        task = PeriodicTask.start("run recovery monitor", CHECK_INTERVAL, this::check);
    }

    void stop(@Observes @Priority(100) ShutdownEvent event) {
        task.close();
    }

    private boolean check() {
        notifyRecovered(clock.instant().minus(WATCHDOG_DELAY));
        return false;
    }

    /** Notifies once for the latest failure of each job that has succeeded since, at the given time at the latest. */
    void notifyRecovered(Instant latest) {
        database.list("""
                with failure as (
                  select distinct on (payload ->> 'job') subject_id, payload ->> 'job' as job, (payload ->> 'at')::timestamptz as at
                  from automation.notification
                  where kind = 'ADMIN' and payload ->> 'event' = 'RUN_FAILED' and created_at > $2
                  order by payload ->> 'job', (payload ->> 'at')::timestamptz desc)
                select f.subject_id, f.job, min(s.completed_at) as recovered_at
                from failure f join automation.v_job_success s on s.job = f.job and s.started_at > f.at and s.completed_at <= $1
                where not exists (
                  select from automation.notification n
                  where n.kind = 'ADMIN' and n.payload ->> 'event' = 'RUN_RECOVERED' and n.payload ->> 'job' = f.job
                    and (n.payload ->> 'at')::timestamptz >= f.at)
                group by f.subject_id, f.job
                """, RunRecoveryMonitor::recovery, latest, latest.minus(MAX_FAILURE_AGE))
                .forEach(recovery -> queue.add(database, recovery));
    }

    private static AdminNotification recovery(Row row) {
        return new AdminNotification(
                "recovered:" + row.getString("subject_id"),
                null,
                row.getString("job"),
                AdminNotificationKind.RUN_RECOVERED,
                SqlQueries.instant(row, "recovered_at"),
                null);
    }
}

package ca.assistantgazelle.alert.adminalert;

import ca.assistantgazelle.contract.catalogue.DeploymentEnvironment;
import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.contract.digest.ContentDigests;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.runtime.config.EnvironmentConfig;
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
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Notifies the admin when the newest verified backup is older than 26 hours, even if the job is paused or was never
 * planned, and when a known backup is missing or damaged (docs/backup.md).
 */
@Singleton
class BackupHealthMonitor {
    private static final Duration CHECK_INTERVAL = Duration.ofMinutes(5);
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);
    private static final Duration MAX_BACKUP_AGE = Duration.ofHours(26);
    private static final Duration MAX_DRILL_AGE = Duration.ofDays(8);
    private static final String JOB = "backup_supabase_daily";

    private final Database database;
    private final AdminNotificationQueue queue;
    private final Clock clock;
    private final boolean planned;
    private PeriodicTask task;

    BackupHealthMonitor(
            Database database,
            AdminNotificationQueue queue,
            Clock clock,
            JobCatalogue catalogue,
            EnvironmentConfig config) {
        this.database = database;
        this.queue = queue;
        this.clock = clock;
        this.planned = config.enabled()
                && catalogue.environment() != DeploymentEnvironment.LOCAL
                && catalogue
                        .find(JOB)
                        .map(JobDefinition::cronExpressions)
                        .filter(one -> !one.isEmpty())
                        .isPresent();
    }

    void start(@Observes @Priority(5000) StartupEvent event) {
        task = PeriodicTask.start("backup age monitor", CHECK_INTERVAL, this::check);
    }

    void stop(@Observes @Priority(100) ShutdownEvent event) {
        task.close();
    }

    private boolean check() {
        notifyDamaged(clock.instant());
        if (planned) {
            notifyStale(clock.instant());
        }
        return false;
    }

    /** Notifies once for each copy and kind of damage. */
    void notifyDamaged(Instant now) {
        database.list("""
                select backup_id, destination, state, reason from automation.v_backup_copy
                where state in ('MISSING', 'TAMPERED', 'QUARANTINED', 'UNREADABLE')
                """, row -> damaged(row, now)).forEach(notification -> queue.add(database, notification));
    }

    private static AdminNotification damaged(Row row, Instant now) {
        var id = row.getString("backup_id");
        var destination = row.getString("destination");
        var state = row.getString("state");
        var reason = row.getString("reason");
        return warning(
                "backup-" + id + "-" + ContentDigests.nameUuid(destination) + "-" + state,
                now,
                "BACKUP_DAMAGED",
                id + " at " + destination + " is " + state + (reason == null ? "" : ": " + reason));
    }

    /** Notifies once for each backup and drill that no younger one followed; only where planned. */
    void notifyStale(Instant now) {
        newestBackup(now)
                .filter(newest -> newest.isBefore(now.minus(MAX_BACKUP_AGE)))
                .map(newest ->
                        stale("The newest verified backup, taken at %s, is more than 26 hours old.", newest, now))
                .or(() -> neverBackedUp(now))
                .ifPresent(notification -> queue.add(database, notification));
        latestDrill()
                .filter(latest -> latest.isBefore(now.minus(MAX_DRILL_AGE)))
                .map(latest -> warning(
                        "drill-stale-" + latest.getEpochSecond(),
                        now,
                        "BACKUP_DRILL_STALE",
                        "The last successful restore drill, at " + minute(latest) + ", was more than 8 days ago."))
                .ifPresent(notification -> queue.add(database, notification));
    }

    // Where no backup was ever verified, the age counts from when the job is watched.
    private Optional<AdminNotification> neverBackedUp(Instant now) {
        return newestBackup(now).isPresent()
                ? Optional.empty()
                : database.first(
                                "select since from automation.watched_deadline where job = $1",
                                row -> SqlQueries.instant(row, "since"),
                                JOB)
                        .filter(since -> since.isBefore(now.minus(MAX_BACKUP_AGE)))
                        .map(since -> stale(
                                "There is no verified backup since %s, when the job was first planned.", since, now));
    }

    private Optional<Instant> newestBackup(Instant now) {
        return database.first(
                "select max(taken_at) as at from automation.v_backup_copy where state = 'VERIFIED' and taken_at <= $1",
                row -> SqlQueries.instant(row, "at"),
                now.plus(CLOCK_TOLERANCE));
    }

    private Optional<Instant> latestDrill() {
        return database.first(
                "select max(drilled_at) as at from automation.v_backup_copy", row -> SqlQueries.instant(row, "at"));
    }

    private static AdminNotification stale(String sentence, Instant since, Instant now) {
        return warning(
                "backup-stale-" + since.getEpochSecond(), now, "BACKUP_STALE", sentence.formatted(minute(since)));
    }

    private static AdminNotification warning(String eventId, Instant now, String errorClass, String message) {
        return AdminNotification.warning(
                eventId,
                JOB,
                AdminNotificationKind.BACKUP_WARNING,
                now,
                new RunError(errorClass, false, message, null));
    }

    private static Instant minute(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MINUTES);
    }
}

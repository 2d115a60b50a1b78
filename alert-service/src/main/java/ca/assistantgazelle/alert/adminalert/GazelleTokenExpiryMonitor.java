package ca.assistantgazelle.alert.adminalert;

import ca.assistantgazelle.contract.event.RunError;
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

/**
 * Notifies the admin when a Gazelle OAuth token expires within twelve hours. Syncs renew it during its last day, so
 * none of them has succeeded in doing so.
 */
@Singleton
class GazelleTokenExpiryMonitor {
    private static final Duration CHECK_INTERVAL = Duration.ofMinutes(30);
    private static final Duration LONG_LIFETIME = Duration.ofDays(10);
    private static final Duration WARNING_PERIOD = Duration.ofHours(12);

    private final Database database;
    private final AdminNotificationQueue queue;
    private final Clock clock;
    private PeriodicTask task;

    GazelleTokenExpiryMonitor(Database database, AdminNotificationQueue queue, Clock clock) {
        this.database = database;
        this.queue = queue;
        this.clock = clock;
    }

    void start(@Observes @Priority(5000) StartupEvent event) {
        task = PeriodicTask.start("token expiry monitor", CHECK_INTERVAL, this::check);
    }

    void stop(@Observes @Priority(100) ShutdownEvent event) {
        task.close();
    }

    private boolean check() {
        notifyExpiring(clock.instant());
        return false;
    }

    /**
     * Notifies once for each pair of tokens. Short-lived tokens are left out: they expire several times a day, and a
     * refused renewal fails the run. So are those that expired more than a day ago.
     */
    void notifyExpiring(Instant now) {
        database.list(
                        """
                        select client_id, version, expires_at from automation.v_gazelle_token_expiry
                        where lifetime_seconds >= $1 and expires_at between $2 and $3
                        """,
                        row -> notification(row, now),
                        LONG_LIFETIME.toSeconds(),
                        now.minus(Duration.ofDays(1)),
                        now.plus(WARNING_PERIOD))
                .forEach(notification -> queue.add(database, notification));
    }

    private static AdminNotification notification(Row row, Instant now) {
        var expiresAt = SqlQueries.instant(row, "expires_at");
        return AdminNotification.warning(
                "token-%s-%d-%d"
                        .formatted(row.getString("client_id"), row.getLong("version"), expiresAt.getEpochSecond()),
                "gazelle_token",
                AdminNotificationKind.TOKEN_EXPIRING,
                now,
                new RunError(
                        "GAZELLE_TOKEN_EXPIRING",
                        false,
                        "The access token expires at " + expiresAt.truncatedTo(ChronoUnit.MINUTES)
                                + ", and no sync has renewed it.",
                        "Check the last run of sync_gazelle_2h with ./gazelle jobs."));
    }
}

package ca.assistantgazelle.backup.job;

import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.inventory.BackupInventory;
import ca.assistantgazelle.backup.manifest.BackupManifest;
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
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Backup metrics, listed in docs/backup.md. Timestamps are epoch seconds. What the inventory in the database knows is
 * read from it every minute, so that the gauges are the same in every replica and after a restart.
 */
@Singleton
class BackupMetrics {
    private static final String LAST_SUCCESS = "backup.last.success.timestamp";
    private static final String BYTES = "backup.bytes";
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final MeterRegistry meters;
    private final Clock clock;
    private final Database database;
    private final Map<String, AtomicLong> values = new ConcurrentHashMap<>();
    private PeriodicTask task;

    BackupMetrics(MeterRegistry meters, Clock clock, Database database) {
        this.meters = meters;
        this.clock = clock;
        this.database = database;
    }

    void start(@Observes @Priority(5000) StartupEvent event) {
        task = PeriodicTask.start("backup gauges", INTERVAL, () -> {
            readInventory();
            return false;
        });
    }

    void stop(@Observes @Priority(100) ShutdownEvent event) {
        task.close();
    }

    /** Sets the gauges that the inventory knows. */
    void readInventory() {
        BackupInventory.destinationSummaries(database).forEach(one -> {
            if (one.lastVerifiedAt() != null) {
                set(
                        LAST_SUCCESS,
                        "destination",
                        one.destination(),
                        one.lastVerifiedAt().getEpochSecond());
            }
            setPendingDeletions(one.destination(), one.pendingDeletions(), one.damaged());
        });
        BackupInventory.newestVerified(database).ifPresent(newest -> {
            recordVerification(newest.level(), newest.verifiedAt());
            set(BYTES, "kind", "plain", newest.plainBytes());
            set(BYTES, "kind", "stored", newest.storedBytes());
        });
        BackupInventory.latestDrill(database).ifPresent(drill -> {
            recordVerification("L3", drill.at());
            recordDrill(drill.seconds());
        });
    }

    void recordSuccess(String destination) {
        set(LAST_SUCCESS, "destination", destination, now());
    }

    void recordVerification(String level, Instant at) {
        set("backup.last.verified.timestamp", "level", level, at.getEpochSecond());
    }

    void recordPublished(BackupManifest manifest) {
        manifest.timingMs()
                .forEach((phase, millis) ->
                        meters.timer("backup.duration", "phase", phase).record(Duration.ofMillis(millis)));
        set(BYTES, "kind", "plain", manifest.archive().plainBytes());
        set(BYTES, "kind", "stored", manifest.archive().storedBytes());
    }

    void countFailure(BackupErrorClass cause) {
        meters.counter("backup.failures", "cause", cause.label()).increment();
    }

    void setPendingDeletions(String destination, long deletions, long damaged) {
        set("backup.delete.pending", "destination", destination, deletions);
        set("backup.damaged", "destination", destination, damaged);
    }

    void setOrphans(String destination, int folders) {
        set("backup.orphans", "destination", destination, folders);
    }

    /** @param seconds rounded up */
    void recordDrill(long seconds) {
        set("backup.restore.drill.seconds", "level", "L3", seconds);
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    private void set(String name, String tag, String value, long number) {
        values.computeIfAbsent(name + " " + value, key -> meters.gauge(name, Tags.of(tag, value), new AtomicLong()))
                .set(number);
    }
}

package ca.assistantgazelle.backup.job;

import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.manifest.BackupManifest;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Backup metrics, listed in docs/backup.md. Timestamps are epoch seconds. */
final class BackupMetrics {
    private final MeterRegistry meters;
    private final Clock clock;
    private final Map<String, AtomicLong> values = new ConcurrentHashMap<>();

    BackupMetrics(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
    }

    void recordSuccess(String destination) {
        set("backup.last.success.timestamp", "destination", destination, now());
    }

    void recordVerification(String level, Instant at) {
        set("backup.last.verified.timestamp", "level", level, at.getEpochSecond());
    }

    void recordPublished(BackupManifest manifest) {
        manifest.timingMs()
                .forEach((phase, millis) ->
                        meters.timer("backup.duration", "phase", phase).record(Duration.ofMillis(millis)));
        set("backup.bytes", "kind", "plain", manifest.archive().plainBytes());
        set("backup.bytes", "kind", "stored", manifest.archive().storedBytes());
    }

    void countFailure(BackupErrorClass cause) {
        meters.counter("backup.failures", "cause", cause.label()).increment();
    }

    void setPendingDeletions(String destination, int deletions, int damaged) {
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

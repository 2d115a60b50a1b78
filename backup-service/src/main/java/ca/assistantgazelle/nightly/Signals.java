package ca.assistantgazelle.nightly;

import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.manifest.Manifest;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Metrics of backups. Source: backup.md §4.9. Times are seconds since 1970. */
final class Signals {
  private final MeterRegistry meters;
  private final Clock clock;
  private final Map<String, AtomicLong> values = new ConcurrentHashMap<>();

  Signals(MeterRegistry meters, Clock clock) {
    this.meters = meters;
    this.clock = clock;
  }

  void succeeded(String destination) {
    set("backup.last.success.timestamp", "destination", destination, now());
  }

  void verified(String level, Instant at) {
    set("backup.last.verified.timestamp", "level", level, at.getEpochSecond());
  }

  void published(Manifest manifest) {
    manifest
        .timingMs()
        .forEach(
            (phase, millis) ->
                meters.timer("backup.duration", "phase", phase).record(Duration.ofMillis(millis)));
    set("backup.bytes", "kind", "plain", manifest.archive().plainBytes());
    set("backup.bytes", "kind", "stored", manifest.archive().storedBytes());
  }

  void failed(Cause cause) {
    meters.counter("backup.failures", "cause", cause.word()).increment();
  }

  void pending(String destination, int deletions, int damaged) {
    set("backup.delete.pending", "destination", destination, deletions);
    set("backup.damaged", "destination", destination, damaged);
  }

  void orphans(String destination, int folders) {
    set("backup.orphans", "destination", destination, folders);
  }

  /**
   * @param seconds begun
   */
  void rehearsed(long seconds) {
    set("backup.restore.drill.seconds", "level", "L3", seconds);
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  private void set(String name, String tag, String value, long number) {
    values
        .computeIfAbsent(
            name + " " + value, key -> meters.gauge(name, Tags.of(tag, value), new AtomicLong()))
        .set(number);
  }
}

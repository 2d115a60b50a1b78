package ca.assistantgazelle.scan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * What a run reads of events and timeline.
 *
 * @param firstDay of events, Montréal; null = no limit
 * @param lastDay of events, Montréal; null = no limit
 * @param since of timeline entries; null = no limit
 */
public record Window(LocalDate firstDay, LocalDate lastDay, Instant since) {
  private static final ZoneId ZONE = ZoneId.of("America/Toronto");
  private static final int DAYS_BACK = 60;
  private static final int DAYS_AHEAD = 400;
  private static final Duration TIMELINE = Duration.ofDays(30);

  /**
   * Source: design §8. The zone in which Gazelle reads dates is unknown: a day more on both sides
   * costs little.
   */
  public static Window of(ScanMode mode, Instant start) {
    return switch (mode) {
      case FULL -> new Window(null, null, null);
      case PARTIAL -> {
        var today = start.atZone(ZONE).toLocalDate();
        yield new Window(
            today.minusDays(DAYS_BACK + 1), today.plusDays(DAYS_AHEAD + 1), start.minus(TIMELINE));
      }
    };
  }

  /** The first instant that certainly lies inside; null = no limit. */
  public Instant firstInstant() {
    return firstDay == null ? null : firstDay.plusDays(1).atStartOfDay(ZONE).toInstant();
  }

  /** The first instant that may lie outside again; null = no limit. */
  public Instant endInstant() {
    return lastDay == null ? null : lastDay.atStartOfDay(ZONE).toInstant();
  }
}

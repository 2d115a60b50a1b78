package ca.assistantgazelle.appointment;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The days that are looked at, local dates of Montréal, both included. Source: design §8.
 *
 * @param kind {@code COURT_TERME} or {@code LONG_TERME}: the same appointment is announced once in
 *     each
 */
public record Window(String kind, LocalDate first, LocalDate last) {
  static final ZoneId ZONE = ZoneId.of("America/Toronto");
  private static final int LONG_DAYS = 7;

  /** One day; tomorrow when none is given. */
  public static Window courtTerme(Clock clock, LocalDate targetDate) {
    var day = targetDate == null ? today(clock).plusDays(1) : targetDate;
    return new Window("COURT_TERME", day, day);
  }

  /** From the day after tomorrow to seven days ahead. */
  public static Window longTerme(Clock clock) {
    var today = today(clock);
    return new Window("LONG_TERME", today.plusDays(2), today.plusDays(LONG_DAYS));
  }

  private static LocalDate today(Clock clock) {
    return LocalDate.now(clock.withZone(ZONE));
  }
}

package ca.assistantgazelle.appointment;

import java.time.LocalDate;

/**
 * The days that are looked at, local dates of Montréal, both included. Source: design §8.
 *
 * @param kind {@code COURT_TERME} or {@code LONG_TERME}: the same appointment is announced once in
 *     each
 */
public record Window(String kind, LocalDate first, LocalDate last) {
  private static final int LONG_DAYS = 7;

  /** One day. */
  public static Window courtTerme(LocalDate day) {
    return new Window("COURT_TERME", day, day);
  }

  /** From the day after tomorrow to seven days ahead. */
  public static Window longTerme(LocalDate today) {
    return new Window("LONG_TERME", today.plusDays(2), today.plusDays(LONG_DAYS));
  }
}

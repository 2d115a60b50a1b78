package ca.assistantgazelle.simulation;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * Reads {@code 2026-03-08T01:50/05:10}: local times, the second on the first one's date or later.
 */
final class OutageText {
  private OutageText() {}

  /**
   * @throws DateTimeException saying what to write
   */
  static Scenario.Outage parse(String text, ZoneId zone) {
    var parts = text.split("/", -1);
    if (parts.length != 2) {
      throw new DateTimeException("write FROM/TO, for example 2026-03-08T01:50/05:10");
    }
    var from = LocalDateTime.parse(parts[0]);
    var to = to(from, parts[1]);
    var outage = new Scenario.Outage(from.atZone(zone).toInstant(), to.atZone(zone).toInstant());
    if (!outage.from().isBefore(outage.to())) {
      throw new DateTimeException("it ends before it begins");
    }
    return outage;
  }

  private static LocalDateTime to(LocalDateTime from, String text) {
    if (text.contains("T")) {
      return LocalDateTime.parse(text);
    }
    var sameDay = from.toLocalDate().atTime(LocalTime.parse(text));
    return sameDay.isAfter(from) ? sameDay : sameDay.plusDays(1);
  }
}

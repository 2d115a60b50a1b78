package ca.assistantgazelle.timetable;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A timetable as it is written: in the catalogue, and in the database, which remembers what was
 * planned before an edit.
 *
 * @param cron expressions of five fields; empty plans nothing
 * @param zone name of the time zone
 * @param gap null: decided by the kind of expression
 * @param repeat null: decided by the kind of expression
 * @param exclude calendars by name; one that ships with the product has no dates here
 */
public record Schedule(
    List<String> cron,
    String zone,
    GapPolicy gap,
    RepeatPolicy repeat,
    SortedMap<String, SortedSet<LocalDate>> exclude) {
  public Schedule {
    cron = cron == null ? List.of() : List.copyOf(cron);
    exclude = exclude == null ? new TreeMap<>() : new TreeMap<>(exclude);
  }

  /**
   * @throws InvalidScheduleException naming the value that cannot be used
   */
  public Timetable timetable() {
    var timetable =
        new Timetable(
            cron.stream().map(CronExpression::parse).toList(),
            Zones.canonical(zone),
            gap,
            repeat,
            exclude.entrySet().stream()
                .collect(
                    Collectors.toMap(
                        Map.Entry::getKey, entry -> calendar(entry.getKey(), entry.getValue()))));
    timetable.requireSomeRun();
    return timetable;
  }

  private static ExclusionCalendar calendar(String name, SortedSet<LocalDate> dates) {
    return Timetable.calendar(name).orElseGet(() -> ExclusionCalendar.of(dates));
  }
}

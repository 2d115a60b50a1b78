package ca.assistantgazelle.contract.timetable;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A timetable in its serialised form: as written in the catalogue, and as stored in the database so that fires due
 * before an edit are still planned.
 *
 * @param cron expressions of five fields; empty: nothing is planned
 * @param zone name of the time zone
 * @param gap null: decided by the kind of expression
 * @param repeat null: decided by the kind of expression
 * @param exclude calendars by name; bundled ones have no dates here
 */
public record ScheduleDefinition(
        List<String> cron,
        String zone,
        DstGapPolicy gap,
        RepeatedHourPolicy repeat,
        SortedMap<String, SortedSet<LocalDate>> exclude) {
    public ScheduleDefinition {
        cron = cron == null ? List.of() : List.copyOf(cron);
        exclude = exclude == null ? new TreeMap<>() : new TreeMap<>(exclude);
    }

    /** @throws InvalidScheduleException naming the invalid value */
    public Timetable timetable() {
        var timetable = new Timetable(
                cron.stream().map(CronExpression::parse).toList(),
                TimeZones.canonical(zone),
                gap,
                repeat,
                exclude.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> calendar(entry.getKey(), entry.getValue()))));
        timetable.requireAnyRun();
        return timetable;
    }

    private static ExclusionCalendar calendar(String name, SortedSet<LocalDate> dates) {
        return Timetable.bundledCalendar(name).orElseGet(() -> ExclusionCalendar.of(dates));
    }
}

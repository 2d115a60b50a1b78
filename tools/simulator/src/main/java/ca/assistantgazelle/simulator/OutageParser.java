package ca.assistantgazelle.simulator;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;

/** Parses a period such as {@code 2026-03-08T01:50/05:10}: local times, of which the second may omit the date. */
final class OutageParser {
    private OutageParser() {}

    /** @throws DateTimeException with the expected format */
    static SimulationScenario.SchedulerOutage parse(String text, ZoneId zone) {
        var parts = text.split("/", -1);
        if (parts.length != 2) {
            throw new DateTimeException("expected FROM/TO, for example 2026-03-08T01:50/05:10");
        }
        var from = LocalDateTime.parse(parts[0]);
        var to = parseEnd(from, parts[1]);
        var outage = new SimulationScenario.SchedulerOutage(
                from.atZone(zone).toInstant(), to.atZone(zone).toInstant());
        if (!outage.from().isBefore(outage.to())) {
            throw new DateTimeException("the end must be after the start");
        }
        return outage;
    }

    private static LocalDateTime parseEnd(LocalDateTime from, String text) {
        if (text.contains("T")) {
            return LocalDateTime.parse(text);
        }
        var sameDay = from.toLocalDate().atTime(LocalTime.parse(text));
        return sameDay.isAfter(from) ? sameDay : sameDay.plusDays(1);
    }
}

package ca.assistantgazelle.sync.scan;

import ca.assistantgazelle.contract.timetable.TimeZones;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/**
 * The period of events and timeline entries that a run reads.
 *
 * @param firstDay of events, Montréal; null = no limit
 * @param lastDay of events, Montréal; null = no limit
 * @param since of timeline entries; null = no limit
 */
public record SyncDateWindow(LocalDate firstDay, LocalDate lastDay, Instant since) {
    private static final int DAYS_BACK = 60;
    private static final int DAYS_AHEAD = 400;
    private static final Duration TIMELINE_PERIOD = Duration.ofDays(30);

    /**
     * The window of a run, with an extra day on both sides because the time zone in which Gazelle interprets dates is
     * unknown.
     */
    public static SyncDateWindow of(ScanMode mode, Instant start) {
        return switch (mode) {
            case FULL -> new SyncDateWindow(null, null, null);
            case PARTIAL -> {
                var today = start.atZone(TimeZones.MONTREAL).toLocalDate();
                yield new SyncDateWindow(
                        today.minusDays(DAYS_BACK + 1), today.plusDays(DAYS_AHEAD + 1), start.minus(TIMELINE_PERIOD));
            }
        };
    }

    /** The first instant that is certainly inside; null = no limit. */
    public Instant firstInstant() {
        return firstDay == null
                ? null
                : firstDay.plusDays(1).atStartOfDay(TimeZones.MONTREAL).toInstant();
    }

    /** The first instant after that may be outside; null = no limit. */
    public Instant endInstant() {
        return lastDay == null ? null : lastDay.atStartOfDay(TimeZones.MONTREAL).toInstant();
    }
}

package ca.assistantgazelle.contract.value;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Which instants, dates and durations are plausible, wherever they come from: messages, the CRM, the API, the catalogue
 * and the command line. Others are typing errors or attacks; some cannot be stored (docs/events.md, "Values").
 */
public final class PlausibleTime {
    /** First plausible day. */
    public static final LocalDate FIRST_DAY = LocalDate.of(1900, 1, 1);

    /** First day that is no longer plausible. */
    public static final LocalDate END_DAY = LocalDate.of(2200, 1, 1);

    /** Longest plausible duration. */
    public static final Duration MAX_DURATION = Duration.ofDays(366);

    /** How far clocks of different processes may differ. */
    public static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2200-01-01T00:00:00Z");

    private PlausibleTime() {}

    public static boolean isPlausible(Instant instant) {
        return !instant.isBefore(FIRST) && instant.isBefore(END);
    }

    public static boolean isPlausible(LocalDate date) {
        return !date.isBefore(FIRST_DAY) && date.isBefore(END_DAY);
    }

    /** Positive durations only. */
    public static boolean isPlausible(Duration duration) {
        return duration.isPositive() && duration.compareTo(MAX_DURATION) <= 0;
    }

    /** @throws DateTimeException if the instant is implausible */
    public static Instant require(Instant instant) {
        if (!isPlausible(instant)) {
            throw new DateTimeException("the year must be from 1900 to 2199");
        }
        return instant;
    }

    /** @throws DateTimeException if the date is implausible */
    public static LocalDate require(LocalDate date) {
        if (!isPlausible(date)) {
            throw new DateTimeException("the year must be from 1900 to 2199");
        }
        return date;
    }

    /** An instant of the past: one that is later than now, by more than clocks differ, is taken as now. */
    public static Instant notInFuture(Instant instant, Instant now) {
        return instant != null && instant.isAfter(now.plus(CLOCK_TOLERANCE)) ? now : instant;
    }
}

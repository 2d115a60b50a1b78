package ca.assistantgazelle.alert.mail;

import ca.assistantgazelle.contract.timetable.TimeZones;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats dates and times in Canadian French. */
public final class FrenchDateFormats {
    public static final ZoneId ZONE = TimeZones.MONTREAL;
    private static final DateTimeFormatter WEEKDAY = DateTimeFormatter.ofPattern("EEEE", Locale.CANADA_FRENCH);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM", Locale.CANADA_FRENCH);

    private FrenchDateFormats() {}

    /** {@code mercredi 14 janvier}. */
    public static String day(LocalDate date) {
        return WEEKDAY.format(date) + " " + ordinal(date) + " " + MONTH.format(date);
    }

    /** {@code 14 janvier 2026}. */
    public static String date(LocalDate date) {
        return ordinal(date) + " " + MONTH.format(date) + " " + date.getYear();
    }

    /** {@code 14 h 30}; null = all day. */
    public static String time(LocalTime time) {
        if (time == null) {
            return "toute la journée";
        }
        return time.getHour() + " h" + (time.getMinute() == 0 ? "" : " %02d".formatted(time.getMinute()));
    }

    /** {@code mercredi 14 janvier, 14 h 30}. */
    public static String moment(Instant instant) {
        var local = instant.atZone(ZONE);
        return day(local.toLocalDate()) + ", " + time(local.toLocalTime());
    }

    /** {@code il y a 2 h 5 min}. */
    public static String ago(Instant then, Instant now) {
        var lasted = Duration.between(then, now);
        if (lasted.toDays() >= 1) {
            return "il y a " + lasted.toDays() + (lasted.toDays() == 1 ? " jour" : " jours");
        }
        var hours = lasted.toHours() == 0 ? "" : lasted.toHours() + " h ";
        return "il y a " + hours + lasted.toMinutesPart() + " min";
    }

    private static String ordinal(LocalDate date) {
        return date.getDayOfMonth() == 1 ? "1er" : Integer.toString(date.getDayOfMonth());
    }
}

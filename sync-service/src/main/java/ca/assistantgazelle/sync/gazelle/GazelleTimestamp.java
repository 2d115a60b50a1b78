package ca.assistantgazelle.sync.gazelle;

import ca.assistantgazelle.contract.timetable.TimeZones;
import ca.assistantgazelle.contract.value.PlausibleTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/**
 * Reads timestamps in the forms of ISO 8601 and RFC 3339, extended or basic: {@code 2026-12-01T10:00:00-05:00},
 * {@code 2026-12-01 10:00}, {@code 20261201T150000Z}, {@code 2026-12-01T10:00:00-05}. Without an offset the time is
 * UTC; a date alone is the start of that day in Montréal.
 */
final class GazelleTimestamp {
    private static final Pattern FORM = Pattern.compile("(\\d{4})-?(\\d{2})-?(\\d{2})"
            + "(?:[Tt ](\\d{2}):?(\\d{2})(?::?(\\d{2})(?:[.,](\\d{1,9})\\d*)?)? ?([Zz]|[+-]\\d{2}(?::?\\d{2})?)?)?");

    private GazelleTimestamp() {}

    /** @throws DateTimeException if the text has another form or the instant is implausible */
    static Instant parse(String text) {
        var match = FORM.matcher(text.strip());
        if (!match.matches()) {
            throw new DateTimeException("not a timestamp");
        }
        var date = LocalDate.of(number(match.group(1)), number(match.group(2)), number(match.group(3)));
        if (match.group(4) == null) {
            return PlausibleTime.require(date).atStartOfDay(TimeZones.MONTREAL).toInstant();
        }
        int second = match.group(6) == null ? 0 : number(match.group(6));
        // A leap second, which java.time does not know, is the last second of its minute.
        var time = LocalTime.of(number(match.group(4)), number(match.group(5)), second == 60 ? 59 : second)
                .withNano(nanos(match.group(7)));
        return PlausibleTime.require(LocalDateTime.of(date, time).toInstant(offset(match.group(8))));
    }

    private static ZoneOffset offset(String text) {
        return text == null || text.equalsIgnoreCase("z") ? ZoneOffset.UTC : ZoneOffset.of(text);
    }

    private static int nanos(String digits) {
        return digits == null ? 0 : number((digits + "00000000").substring(0, 9));
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}

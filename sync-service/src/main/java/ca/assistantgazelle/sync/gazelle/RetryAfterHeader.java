package ca.assistantgazelle.sync.gazelle;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;

/** The header {@code Retry-After}: seconds or a date. Source: RFC 9110 §10.2.3. */
final class RetryAfterHeader {
    /** The three forms of an HTTP date: IMF-fixdate, RFC 850 and asctime. */
    private static final List<DateTimeFormatter> HTTP_DATES = List.of(
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss 'GMT'", Locale.US),
            rfc850(),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US));

    private RetryAfterHeader() {}

    /**
     * @param value of the header; null if absent
     * @return zero if it is absent, invalid or in the past
     */
    static Duration parse(String value, Clock clock) {
        if (value == null) {
            return Duration.ZERO;
        }
        var text = value.strip();
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        for (var format : HTTP_DATES) {
            try {
                var wait = Duration.between(
                        clock.instant(), format.parse(text, LocalDateTime::from).toInstant(ZoneOffset.UTC));
                return wait.isNegative() ? Duration.ZERO : wait;
            } catch (DateTimeException otherForm) {
                // The next form may fit.
            }
        }
        return Duration.ZERO;
    }

    // RFC 850 has years of two digits: those of the last fifty years and the next fifty.
    private static DateTimeFormatter rfc850() {
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, 1976)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.US);
    }
}

package ca.assistantgazelle.sync.gazelle;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The header {@code Retry-After}: seconds or a date. Source: RFC 9110 §10.2.3. */
final class RetryAfterHeader {
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
        try {
            var wait = Duration.between(
                    clock.instant(),
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException unreadable) {
            return Duration.ZERO;
        }
    }
}

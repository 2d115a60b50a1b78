package ca.assistantgazelle.sync.gazelle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterHeaderTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-09T15:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource(
            value = {
                "null|PT0S",
                "0|PT0S",
                " 7 |PT7S",
                "Mon, 9 Mar 2026 15:01:30 GMT|PT1M30S",
                "Mon, 9 Mar 2026 14:00:00 GMT|PT0S",
                "Monday, 09-Mar-26 15:01:30 GMT|PT1M30S",
                "Mon Mar  9 15:01:30 2026|PT1M30S",
                "6.5|PT0S",
                "soon|PT0S",
                "-5|PT0S"
            },
            delimiter = '|',
            nullValues = "null")
    void secondsAndDatesAreParsedAndAnythingElseIsZero(String value, Duration wait) {
        assertThat(RetryAfterHeader.parse(value, CLOCK)).isEqualTo(wait);
    }
}

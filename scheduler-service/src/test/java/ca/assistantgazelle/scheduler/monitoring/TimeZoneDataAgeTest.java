package ca.assistantgazelle.scheduler.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeZoneDataAgeTest {
    @ParameterizedTest
    @CsvSource({
        "2025b, 2026-11-25T00:00:00Z, false",
        "2025b, 2027-03-02T00:00:00Z, true",
        "2023c, 2026-11-25T00:00:00Z, true",
        "unknown, 2026-11-25T00:00:00Z, true"
    })
    void aReleaseOfMoreThanTwoYearsAgoIsStale(String version, Instant now, boolean stale) {
        assertThat(TimeZoneDataAge.isStale(version, Clock.fixed(now, ZoneOffset.UTC), Duration.ofDays(730)))
                .isEqualTo(stale);
    }
}

package ca.assistantgazelle.sync.gazelle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GazelleTimestampTest {
    @ParameterizedTest
    @CsvSource({
        "2026-12-01T10:00:00-0500, 2026-12-01T15:00:00Z",
        "2026-12-01T10:00:00-05, 2026-12-01T15:00:00Z",
        "2026-12-01T10:00:00-05:00, 2026-12-01T15:00:00Z",
        "2026-12-01 10:00:00, 2026-12-01T10:00:00Z",
        "2026-12-01 10:00:00 -0500, 2026-12-01T15:00:00Z",
        "2026-12-01t10:00:00z, 2026-12-01T10:00:00Z",
        "2026-12-01T10:00Z, 2026-12-01T10:00:00Z",
        "20261201T150000Z, 2026-12-01T15:00:00Z",
        "'2026-12-01T10:00:00,25Z', 2026-12-01T10:00:00.250Z",
        "2026-12-01T10:00:00.1234567891Z, 2026-12-01T10:00:00.123456789Z",
        "2016-12-31T23:59:60Z, 2016-12-31T23:59:59Z",
        "2026-12-01, 2026-12-01T05:00:00Z",
        "2026-07-01, 2026-07-01T04:00:00Z"
    })
    void everyFormOfTheStandardsIsRead(String text, Instant instant) {
        assertThat(GazelleTimestamp.parse(text)).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demain",
                "2026-13-01",
                "2026-02-30T10:00:00Z",
                "2026-12-01T25:00:00Z",
                "+300000-01-01T00:00:00Z",
                "0001-01-01T00:00:00Z",
                "9999-12-31T00:00:00Z",
                "1764583200",
                "2026-12-01T10:00:00-19:00",
                "01/12/2026"
            })
    void otherFormsAndImplausibleInstantsAreRefused(String text) {
        assertThatThrownBy(() -> GazelleTimestamp.parse(text)).isInstanceOf(DateTimeException.class);
    }
}

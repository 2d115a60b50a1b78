package ca.assistantgazelle.alert.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

class FrenchFormatsTest {
    @Test
    void formatsAsInQuebec() {
        assertThat(FrenchFormats.day(LocalDate.parse("2026-01-14"))).isEqualTo("mercredi 14 janvier");
        assertThat(FrenchFormats.day(LocalDate.parse("2026-02-01"))).isEqualTo("dimanche 1er février");
        assertThat(FrenchFormats.time(LocalTime.of(9, 0))).isEqualTo("9 h");
        assertThat(FrenchFormats.time(LocalTime.of(14, 5))).isEqualTo("14 h 05");
        assertThat(FrenchFormats.time(null)).isEqualTo("toute la journée");
        assertThat(FrenchFormats.moment(Instant.parse("2026-03-08T07:00:00Z"))).isEqualTo("dimanche 8 mars, 3 h");
        assertThat(FrenchFormats.ago(Instant.parse("2026-01-14T10:00:00Z"), Instant.parse("2026-01-14T12:05:00Z")))
                .isEqualTo("il y a 2 h 5 min");
    }
}

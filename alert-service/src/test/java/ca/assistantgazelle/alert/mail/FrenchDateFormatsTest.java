package ca.assistantgazelle.alert.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

class FrenchDateFormatsTest {
    @Test
    void formatsAsInQuebec() {
        assertThat(FrenchDateFormats.day(LocalDate.parse("2026-01-14"))).isEqualTo("mercredi 14 janvier");
        assertThat(FrenchDateFormats.day(LocalDate.parse("2026-02-01"))).isEqualTo("dimanche 1er février");
        assertThat(FrenchDateFormats.time(LocalTime.of(9, 0))).isEqualTo("9 h");
        assertThat(FrenchDateFormats.time(LocalTime.of(14, 5))).isEqualTo("14 h 05");
        assertThat(FrenchDateFormats.time(null)).isEqualTo("toute la journée");
        assertThat(FrenchDateFormats.moment(Instant.parse("2026-03-08T07:00:00Z")))
                .isEqualTo("dimanche 8 mars, 3 h");
        assertThat(FrenchDateFormats.ago(Instant.parse("2026-01-14T10:00:00Z"), Instant.parse("2026-01-14T12:05:00Z")))
                .isEqualTo("il y a 2 h 5 min");
    }
}

package ca.assistantgazelle.report.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportColumnsTest {
    private static final ReportPiano PIANO = new ReportPiano("Yamaha", "U1", "007", "UPRIGHT", "", "B-204");

    @ParameterizedTest
    @CsvSource({
        "2026-01-20T03:30:00Z, 2026-01-19",
        "2026-07-01T03:59:59Z, 2026-06-30",
        "2026-07-01T04:00:00Z, 2026-07-01",
        "2026-01-24T21:00:15.23983Z, 2026-01-24",
        "2026-03-08T06:59:59Z, 2026-03-08",
        "2026-03-08T07:00:00Z, 2026-03-08",
        "2026-11-01T05:30:00Z, 2026-11-01",
        "2026-11-01T06:30:00Z, 2026-11-01"
    })
    void daysAreMontrealDays(String instant, String day) {
        assertThat(ReportColumns.localDay(Instant.parse(instant))).hasToString(day);
    }

    @Test
    void twelveColumnsInTheSpecifiedOrder() {
        var cells = ReportColumns.cells(
                Instant.parse("2026-01-20T15:00:00Z"), "Service", "Accord", "UQAM", PIANO, "Anne Roy", "21°C, 40%");
        assertThat(cells)
                .containsExactly(
                        "2026-01-20",
                        "Service",
                        "Accord",
                        "UQAM",
                        "Yamaha",
                        "U1",
                        "007",
                        "UPRIGHT",
                        "",
                        "B-204",
                        "Anne Roy",
                        "21°C, 40%");
        assertThat(ReportColumns.NAMES).hasSameSizeAs(cells);
    }

    @Test
    void tooLongTextIsCutWithAnEllipsis() {
        var cells = ReportColumns.cells(null, "Service", "é".repeat(60_000), "", PIANO, "", "");
        assertThat(cells.get(2)).hasSize(45_000).endsWith("…");
        assertThat(cells.getFirst()).isEmpty();
    }
}

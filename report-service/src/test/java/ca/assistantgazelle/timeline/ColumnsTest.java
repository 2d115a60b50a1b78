package ca.assistantgazelle.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {
  private static final Piano PIANO = new Piano("Yamaha", "U1", "007", "UPRIGHT", "", "B-204");

  /** reference/report-alerts.md §1.5. */
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
  void aDayIsADayOfMontreal(String instant, String day) {
    assertThat(Columns.day(Instant.parse(instant))).hasToString(day);
  }

  @Test
  void areTwelveInTheOrderOfTheSeed() {
    var cells =
        Columns.cells(
            Instant.parse("2026-01-20T15:00:00Z"),
            "Service",
            "Accord",
            "UQAM",
            PIANO,
            "Anne Roy",
            "21°C, 40%");
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
    assertThat(Columns.NAMES).hasSameSizeAs(cells);
  }

  @Test
  void aTextThatNoCellHoldsIsCutAndSaysSo() {
    var cells = Columns.cells(null, "Service", "é".repeat(60_000), "", PIANO, "", "");
    assertThat(cells.get(2)).hasSize(45_000).endsWith("…");
    assertThat(cells.getFirst()).isEmpty();
  }
}

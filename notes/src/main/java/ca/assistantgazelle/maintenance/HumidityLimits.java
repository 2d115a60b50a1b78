package ca.assistantgazelle.maintenance;

import ca.assistantgazelle.reading.Confidence;
import ca.assistantgazelle.reading.Reading;
import java.math.BigDecimal;
import java.util.Optional;

/** Relative humidity a piano bears, in per cent. Source: reference/report-alerts.md §3.4. */
public final class HumidityLimits {
  private static final BigDecimal FAR_TOO_DRY = BigDecimal.valueOf(20);
  private static final BigDecimal TOO_DRY = BigDecimal.valueOf(30);
  private static final BigDecimal TOO_HUMID = BigDecimal.valueOf(60);
  private static final BigDecimal FAR_TOO_HUMID = BigDecimal.valueOf(70);

  /** What a reading outside of them means. */
  record Excess(EventType type, Severity severity) {}

  private HumidityLimits() {}

  static Optional<Excess> excess(Reading reading) {
    if (!isSure(reading)) {
      return Optional.empty();
    }
    if (reading.humidityLow().compareTo(TOO_DRY) < 0) {
      return Optional.of(
          new Excess(
              EventType.HUMIDITY_LOW,
              reading.humidityLow().compareTo(FAR_TOO_DRY) < 0
                  ? Severity.CRITICAL
                  : Severity.WARNING));
    }
    if (reading.humidityHigh().compareTo(TOO_HUMID) > 0) {
      return Optional.of(
          new Excess(
              EventType.HUMIDITY_HIGH,
              reading.humidityHigh().compareTo(FAR_TOO_HUMID) > 0
                  ? Severity.CRITICAL
                  : Severity.WARNING));
    }
    return Optional.empty();
  }

  /** Surely measured, and nothing to complain of. */
  public static boolean isNormal(Reading reading) {
    return isSure(reading) && excess(reading).isEmpty();
  }

  private static boolean isSure(Reading reading) {
    return reading.humidityLow() != null && reading.confidence() == Confidence.HIGH;
  }
}

package ca.assistantgazelle.maintenance;

import ca.assistantgazelle.reading.Confidence;
import ca.assistantgazelle.reading.Reading;
import java.util.Optional;

/** Relative humidity a piano bears, in per cent. Source: reference/report-alerts.md §3.4. */
public final class HumidityLimits {
  private static final int FAR_TOO_DRY = 20;
  private static final int TOO_DRY = 30;
  private static final int TOO_HUMID = 60;
  private static final int FAR_TOO_HUMID = 70;

  /** What a reading outside of them means. */
  record Excess(EventType type, Severity severity) {}

  private HumidityLimits() {}

  static Optional<Excess> excess(Reading reading) {
    if (!isSure(reading)) {
      return Optional.empty();
    }
    if (reading.humidityLow() < TOO_DRY) {
      return Optional.of(
          new Excess(
              EventType.HUMIDITY_LOW,
              reading.humidityLow() < FAR_TOO_DRY ? Severity.CRITICAL : Severity.WARNING));
    }
    if (reading.humidityHigh() > TOO_HUMID) {
      return Optional.of(
          new Excess(
              EventType.HUMIDITY_HIGH,
              reading.humidityHigh() > FAR_TOO_HUMID ? Severity.CRITICAL : Severity.WARNING));
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

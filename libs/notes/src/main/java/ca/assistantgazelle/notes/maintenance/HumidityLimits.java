package ca.assistantgazelle.notes.maintenance;

import ca.assistantgazelle.notes.reading.ClimateReading;
import ca.assistantgazelle.notes.reading.ReadingConfidence;
import java.math.BigDecimal;
import java.util.Optional;

/** Acceptable relative humidity for a piano, in per cent. Rules: docs/notes.md. */
public final class HumidityLimits {
    private static final BigDecimal FAR_TOO_DRY = BigDecimal.valueOf(20);
    private static final BigDecimal TOO_DRY = BigDecimal.valueOf(30);
    private static final BigDecimal TOO_HUMID = BigDecimal.valueOf(60);
    private static final BigDecimal FAR_TOO_HUMID = BigDecimal.valueOf(70);

    /** Event type and severity of a reading outside the limits. */
    record HumidityExcess(MaintenanceEventType type, AlertSeverity severity) {}

    private HumidityLimits() {}

    static Optional<HumidityExcess> excess(ClimateReading reading) {
        if (!hasHighConfidence(reading)) {
            return Optional.empty();
        }
        if (reading.humidityLow().compareTo(TOO_DRY) < 0) {
            return Optional.of(new HumidityExcess(
                    MaintenanceEventType.HUMIDITY_LOW,
                    reading.humidityLow().compareTo(FAR_TOO_DRY) < 0 ? AlertSeverity.CRITICAL : AlertSeverity.WARNING));
        }
        if (reading.humidityHigh().compareTo(TOO_HUMID) > 0) {
            return Optional.of(new HumidityExcess(
                    MaintenanceEventType.HUMIDITY_HIGH,
                    reading.humidityHigh().compareTo(FAR_TOO_HUMID) > 0
                            ? AlertSeverity.CRITICAL
                            : AlertSeverity.WARNING));
        }
        return Optional.empty();
    }

    /** Whether the reading has high confidence and is within the limits. */
    public static boolean isNormal(ClimateReading reading) {
        return hasHighConfidence(reading) && excess(reading).isEmpty();
    }

    private static boolean hasHighConfidence(ClimateReading reading) {
        return reading.humidityLow() != null && reading.confidence() == ReadingConfidence.HIGH;
    }
}

package ca.assistantgazelle.report.timeline;

import java.time.Instant;

/**
 * A maintenance alert, with the report's columns of its piano.
 *
 * @param type {@code POWER}, …
 * @param status {@code OPEN}, {@code RESOLVED} or {@code ARCHIVED}
 * @param resolvedAt null when it is open or the date is unknown
 */
record ReportAlert(
        String id,
        String clientId,
        String clientName,
        ReportPiano piano,
        String technician,
        String type,
        String status,
        String evidence,
        Instant openedAt,
        Instant resolvedAt,
        CanonicalReadings readings) {

    ReportRow toRow() {
        return new ReportRow(
                "A:" + id,
                clientId,
                openedAt,
                ReportColumns.cells(
                        openedAt, "Alerte", description(), clientName, piano, technician, readings.toCell()));
    }

    /** Subject, state and the evidence quoted from the technician's note. */
    private String description() {
        return subject() + " — " + state() + (evidence.isBlank() ? "" : " : " + evidence);
    }

    private String subject() {
        return switch (type) {
            case "COVER" -> "Housse";
            case "POWER" -> "Alimentation";
            case "RESERVOIR" -> "Réservoir";
            case "ENVIRONMENT" -> "Environnement";
            case "HUMIDITY_LOW" -> "Humidité basse";
            case "HUMIDITY_HIGH" -> "Humidité élevée";
            default -> type;
        };
    }

    private String state() {
        return switch (status) {
            case "OPEN" -> "ouverte";
            case "RESOLVED" -> resolvedAt == null ? "résolue" : "résolue le " + ReportColumns.localDay(resolvedAt);
            case "ARCHIVED" -> "archivée";
            default -> status;
        };
    }
}

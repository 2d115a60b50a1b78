package ca.assistantgazelle.timeline;

import java.time.Instant;

/**
 * A maintenance alert with what the report shows of its piano.
 *
 * @param type {@code POWER}, …
 * @param status {@code OPEN}, {@code RESOLVED} or {@code ARCHIVED}
 * @param resolvedAt null when it is open, or nobody knows
 */
record Alert(
    String id,
    String clientId,
    String clientName,
    Piano piano,
    String technician,
    String type,
    String status,
    String evidence,
    Instant openedAt,
    Instant resolvedAt,
    Readings reading) {

  ReportRow row() {
    return new ReportRow(
        "A:" + id,
        clientId,
        openedAt,
        Columns.cells(
            openedAt, "Alerte", description(), clientName, piano, technician, reading.cell()));
  }

  /** What readers see: the trouble, its state, and the technician's own words. */
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
      case "RESOLVED" -> resolvedAt == null ? "résolue" : "résolue le " + Columns.day(resolvedAt);
      case "ARCHIVED" -> "archivée";
      default -> status;
    };
  }
}

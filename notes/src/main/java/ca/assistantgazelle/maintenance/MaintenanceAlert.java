package ca.assistantgazelle.maintenance;

import java.time.Instant;

/**
 * Something that was wrong with a piano from one note on, and until another one if it is over.
 *
 * @param openedBy id of the entry that raised it; with the type, its identity
 * @param openedAt null when that entry has no date
 * @param resolvedBy id of the entry that ended it; null while it is open
 * @param evidence the words it was understood from
 */
public record MaintenanceAlert(
    EventType type,
    Severity severity,
    String clientId,
    String openedBy,
    Instant openedAt,
    String resolvedBy,
    Instant resolvedAt,
    String evidence) {
  private static final int LONGEST_EVIDENCE = 2_000;

  static MaintenanceAlert opened(DatedNote note, MaintenanceEvent event) {
    return new MaintenanceAlert(
        event.type(),
        event.severity(),
        note.clientId(),
        note.entryId(),
        note.occurredAt(),
        null,
        null,
        event.evidence());
  }

  public boolean isOpen() {
    return resolvedBy == null;
  }

  MaintenanceAlert confirmedBy(MaintenanceEvent event) {
    var worse = event.severity().compareTo(severity) > 0 ? event.severity() : severity;
    return new MaintenanceAlert(
        type,
        worse,
        clientId,
        openedBy,
        openedAt,
        resolvedBy,
        resolvedAt,
        joined(event.evidence()));
  }

  MaintenanceAlert resolvedBy(DatedNote note) {
    return new MaintenanceAlert(
        type, severity, clientId, openedBy, openedAt, note.entryId(), note.occurredAt(), evidence);
  }

  private String joined(String more) {
    return evidence.contains(more) || evidence.length() + more.length() > LONGEST_EVIDENCE
        ? evidence
        : evidence + " | " + more;
  }
}

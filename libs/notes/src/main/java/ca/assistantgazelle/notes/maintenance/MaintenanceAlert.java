package ca.assistantgazelle.notes.maintenance;

import java.time.Instant;

/**
 * A problem with a piano, opened by one note and, once resolved, closed by a later or the same one.
 *
 * @param openedBy id of the timeline entry that opened it; with the type, the alert's identity
 * @param openedAt null if that entry has no date
 * @param resolvedBy id of the timeline entry that resolved it; null while open
 * @param evidence quotations from the notes that support it
 */
public record MaintenanceAlert(
        MaintenanceEventType type,
        AlertSeverity severity,
        String clientId,
        String openedBy,
        Instant openedAt,
        String resolvedBy,
        Instant resolvedAt,
        String evidence) {
    private static final int MAX_EVIDENCE_LENGTH = 2_000;

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
                type, worse, clientId, openedBy, openedAt, resolvedBy, resolvedAt, appendedEvidence(event.evidence()));
    }

    MaintenanceAlert resolvedBy(DatedNote note) {
        return new MaintenanceAlert(
                type, severity, clientId, openedBy, openedAt, note.entryId(), note.occurredAt(), evidence);
    }

    private String appendedEvidence(String more) {
        return evidence.contains(more) || evidence.length() + more.length() > MAX_EVIDENCE_LENGTH
                ? evidence
                : evidence + " | " + more;
    }
}

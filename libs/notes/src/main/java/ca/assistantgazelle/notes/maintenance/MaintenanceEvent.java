package ca.assistantgazelle.notes.maintenance;

/**
 * What a note says about one type of event.
 *
 * @param evidence quotation from the note that supports it
 */
public record MaintenanceEvent(
        MaintenanceEventType type, MaintenanceEventState state, AlertSeverity severity, String evidence) {}

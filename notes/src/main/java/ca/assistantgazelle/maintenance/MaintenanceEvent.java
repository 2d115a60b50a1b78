package ca.assistantgazelle.maintenance;

/**
 * What a note says of one kind of trouble.
 *
 * @param evidence the words it was understood from, as they were written
 */
public record MaintenanceEvent(
    EventType type, EventState state, Severity severity, String evidence) {}

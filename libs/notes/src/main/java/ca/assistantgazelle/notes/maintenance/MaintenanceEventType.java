package ca.assistantgazelle.notes.maintenance;

/** Types of maintenance events. Rules: docs/notes.md. */
public enum MaintenanceEventType {
    COVER(AlertSeverity.CRITICAL),
    POWER(AlertSeverity.CRITICAL),
    RESERVOIR(AlertSeverity.WARNING),
    ENVIRONMENT(AlertSeverity.WARNING),
    HUMIDITY_LOW(AlertSeverity.WARNING),
    HUMIDITY_HIGH(AlertSeverity.WARNING);

    private final AlertSeverity defaultSeverity;

    MaintenanceEventType(AlertSeverity usual) {
        this.defaultSeverity = usual;
    }

    public boolean isHumidity() {
        return this == HUMIDITY_LOW || this == HUMIDITY_HIGH;
    }

    /** Severity when the note contains no reading that determines it. */
    AlertSeverity defaultSeverity() {
        return defaultSeverity;
    }
}

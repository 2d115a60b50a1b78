package ca.assistantgazelle.notes.maintenance;

/** A subject that a state phrase can refer to. */
enum NoteSubject {
    PIANO,
    COVER,
    POWER,
    RESERVOIR,
    PADS,
    LIGHT,
    WINDOW,
    TEMPERATURE,
    HUMIDITY,
    /** Heating, ventilation, air conditioning. */
    CLIMATE,
    /** The piano's room, or its wood. */
    ROOM,
    /** Has a plug or a state of its own, but is not monitored. */
    FOREIGN;

    /** Whether a state phrase without its own subject means this event type for this subject. */
    boolean implies(MaintenanceEventType type) {
        return switch (this) {
            case POWER -> type == MaintenanceEventType.POWER;
            case HUMIDITY -> type.isHumidity();
            default -> false;
        };
    }
}

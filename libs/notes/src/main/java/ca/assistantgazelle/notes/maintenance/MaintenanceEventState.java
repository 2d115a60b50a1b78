package ca.assistantgazelle.notes.maintenance;

/** What a whole note says about one event type. */
public enum MaintenanceEventState {
    /** Something is wrong when the technician leaves. */
    OPEN,
    /** Something was wrong and was fixed in the same note. */
    RESOLVED,
    /** Something is right again; the problem, if any, was reported in an earlier note. */
    RESOLUTION
}

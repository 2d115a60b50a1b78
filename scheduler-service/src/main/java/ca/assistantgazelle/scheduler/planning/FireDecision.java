package ca.assistantgazelle.scheduler.planning;

import ca.assistantgazelle.contract.timetable.PlannedFire;

/**
 * The decision on a due fire. If very many fires do not run, one decision may represent several.
 *
 * @param disposition null if it runs
 * @param reason null if there is none
 */
record FireDecision(PlannedFire fire, FireAction action, FireDisposition disposition, String reason) {
    /** What to do with the fire. */
    enum FireAction {
        START,
        /** Start after the open runs of its job have ended. */
        ENQUEUE,
        /** The same, and cancel the open run. */
        CANCEL_OTHER,
        NONE
    }

    static FireDecision run(PlannedFire fire, FireAction action, String reason) {
        return new FireDecision(fire, action, null, reason);
    }

    static FireDecision skip(PlannedFire fire, FireDisposition disposition, String reason) {
        return new FireDecision(fire, FireAction.NONE, disposition, reason);
    }
}

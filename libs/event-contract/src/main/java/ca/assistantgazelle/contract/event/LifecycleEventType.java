package ca.assistantgazelle.contract.event;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What happened to an attempt, or to a whole run ({@code RUN_*}). */
public enum LifecycleEventType {
    ACCEPTED,
    STARTED,
    PROGRESS,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    TIMED_OUT,
    INTERRUPTED,
    LOST,
    RUN_FAILED,
    RUN_OVERDUE,
    RUN_RECOVERED,
    /** A kind of a newer version that this reader does not know. Never written. */
    @JsonEnumDefaultValue
    UNKNOWN;

    /** Whether an attempt is over after this event. */
    public boolean endsAttempt() {
        return switch (this) {
            case SUCCEEDED, FAILED, CANCELLED, TIMED_OUT, INTERRUPTED, LOST -> true;
            case ACCEPTED, STARTED, PROGRESS, RUN_FAILED, RUN_OVERDUE, RUN_RECOVERED, UNKNOWN -> false;
        };
    }

    /** Whether this event concerns a whole run rather than one attempt. */
    public boolean concernsRun() {
        return switch (this) {
            case RUN_FAILED, RUN_OVERDUE, RUN_RECOVERED -> true;
            default -> false;
        };
    }
}

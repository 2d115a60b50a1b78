package ca.assistantgazelle.contract.timetable;

/** A schedule is invalid; the message names the value and the expected form. */
public final class InvalidScheduleException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public InvalidScheduleException(String message) {
        super(message);
    }
}

package ca.assistantgazelle.timetable;

/** A schedule cannot be used; the message names the value and says what to write. */
public final class InvalidScheduleException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public InvalidScheduleException(String message) {
    super(message);
  }
}

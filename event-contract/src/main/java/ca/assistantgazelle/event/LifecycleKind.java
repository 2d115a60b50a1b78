package ca.assistantgazelle.event;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What happened to an attempt, or to a whole run ({@code RUN_*}). */
public enum LifecycleKind {
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
  /** A kind that a newer publisher knows and this reader does not. Never written. */
  @JsonEnumDefaultValue
  UNKNOWN;

  /** Whether an attempt is over after this event. */
  public boolean endsAttempt() {
    return switch (this) {
      case SUCCEEDED, FAILED, CANCELLED, TIMED_OUT, INTERRUPTED, LOST -> true;
      case ACCEPTED, STARTED, PROGRESS, RUN_FAILED, RUN_OVERDUE, RUN_RECOVERED, UNKNOWN -> false;
    };
  }

  /** Whether this event speaks of a whole run rather than of one attempt. */
  public boolean concernsRun() {
    return switch (this) {
      case RUN_FAILED, RUN_OVERDUE, RUN_RECOVERED -> true;
      default -> false;
    };
  }
}

package ca.assistantgazelle.planning;

import ca.assistantgazelle.timetable.Fire;

/**
 * What becomes of a fire that fell due.
 *
 * @param disposition null when it runs
 * @param reason null when there is nothing to say
 * @param covers how many fires the row stands for; one except for the folded rest of a long outage
 */
record FireDecision(Fire fire, Action action, Disposition disposition, String reason, int covers) {
  /** What happens now. */
  enum Action {
    START,
    /** Once the open runs of its job have ended. */
    TAKE_TURN,
    /** The same, and the open run is asked to end. */
    CANCEL_OTHER,
    NONE
  }

  static FireDecision run(Fire fire, Action action, String reason) {
    return new FireDecision(fire, action, null, reason, 1);
  }

  static FireDecision not(Fire fire, Disposition disposition, String reason) {
    return new FireDecision(fire, Action.NONE, disposition, reason, 1);
  }
}

package ca.assistantgazelle.planning;

import ca.assistantgazelle.timetable.Fire;

/**
 * What becomes of a fire that fell due; of very many that do not run, one may stand for several.
 *
 * @param disposition null when it runs
 * @param reason null when there is nothing to say
 */
record FireDecision(Fire fire, Action action, Disposition disposition, String reason) {
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
    return new FireDecision(fire, action, null, reason);
  }

  static FireDecision not(Fire fire, Disposition disposition, String reason) {
    return new FireDecision(fire, Action.NONE, disposition, reason);
  }
}

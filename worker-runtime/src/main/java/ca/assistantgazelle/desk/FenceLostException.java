package ca.assistantgazelle.desk;

/** The attempt was taken from this worker, which slept too long: it may not write any more. */
public final class FenceLostException extends RuntimeException {
  private static final long serialVersionUID = 1;

  FenceLostException(Assignment assignment) {
    super(
        "run "
            + assignment.trigger().runId()
            + " attempt "
            + assignment.trigger().attempt()
            + " is no longer held under fence "
            + assignment.fence());
  }
}

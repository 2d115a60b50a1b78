package ca.assistantgazelle.workshop;

import ca.assistantgazelle.event.RunError;
import java.util.Map;

/** A job could not do all of its work, and knows why. */
public final class JobFailedException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient RunError error;
  private final transient JobResult soFar;

  public JobFailedException(RunError error) {
    this(error, new JobResult(Map.of(), Map.of()), null);
  }

  public JobFailedException(RunError error, Throwable cause) {
    this(error, new JobResult(Map.of(), Map.of()), cause);
  }

  /**
   * @param soFar what was done before it failed
   */
  public JobFailedException(RunError error, JobResult soFar, Throwable cause) {
    super(error.message(), cause);
    this.error = error;
    this.soFar = soFar;
  }

  public RunError error() {
    return error;
  }

  public JobResult soFar() {
    return soFar;
  }
}

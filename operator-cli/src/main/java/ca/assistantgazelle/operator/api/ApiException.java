package ca.assistantgazelle.operator.api;

import java.util.Optional;

/** The scheduler could not be asked, or said no; the message is for the person who typed. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ExitCode exitCode;
  private final String runningRunId;

  ApiException(ExitCode exitCode, String message) {
    this(exitCode, message, null);
  }

  /**
   * @param runningRunId the run that is in the way; null = none
   */
  ApiException(ExitCode exitCode, String message, String runningRunId) {
    super(message);
    this.exitCode = exitCode;
    this.runningRunId = runningRunId;
  }

  /** The run of the same job that goes on already, when that is what was said. */
  public Optional<String> runningRunId() {
    return Optional.ofNullable(runningRunId);
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}

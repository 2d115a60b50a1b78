package ca.assistantgazelle.operator.api;

/** The scheduler could not be asked, or said no; the message is for the person who typed. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ExitCode exitCode;

  ApiException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}

package ca.assistantgazelle.sheet;

import ca.assistantgazelle.contract.event.RunError;

/** The sheet could not be read or written, and we know why. */
public final class SheetException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient RunError error;

  public SheetException(RunError error, Throwable cause) {
    super(error.message(), cause);
    this.error = error;
  }

  public SheetException(String errorClass, boolean retryable, String message, String suggestion) {
    this(new RunError(errorClass, retryable, message, suggestion), null);
  }

  public RunError error() {
    return error;
  }
}

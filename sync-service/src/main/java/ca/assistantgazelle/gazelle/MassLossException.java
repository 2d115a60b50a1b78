package ca.assistantgazelle.gazelle;

import ca.assistantgazelle.event.RunError;

/** So much is missing that somebody must look before anything is believed. */
public final class MassLossException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient RunError error;

  public MassLossException(RunError error) {
    super(error.message());
    this.error = error;
  }

  public RunError error() {
    return error;
  }
}

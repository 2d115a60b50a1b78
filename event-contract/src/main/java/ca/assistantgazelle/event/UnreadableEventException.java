package ca.assistantgazelle.event;

/**
 * A message that no later delivery will make readable: it belongs in the dead-letter topic, with
 * this reason.
 */
public final class UnreadableEventException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnreadableEventException(String reason) {
    super(reason);
  }
}

package ca.assistantgazelle.peers;

/** A peer could not be started; the message says how to mend it. */
public final class PeerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public PeerException(String message) {
    super(message);
  }

  public PeerException(String message, Throwable cause) {
    super(message, cause);
  }
}

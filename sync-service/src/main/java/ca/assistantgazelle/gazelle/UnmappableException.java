package ca.assistantgazelle.gazelle;

/**
 * A record of Gazelle that cannot become a row; the message says why and repeats none of its
 * content.
 */
public final class UnmappableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnmappableException(String reason) {
    super(reason);
  }
}

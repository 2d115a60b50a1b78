package ca.assistantgazelle.mail;

/** What became of a message. */
public sealed interface Receipt {
  /**
   * The server took it.
   *
   * @param providerId its own name for it; null when it gives none
   */
  record Accepted(String providerId) implements Receipt {}

  /**
   * The server did not take it, surely.
   *
   * @param retryable it may take it later
   */
  record Refused(String reason, boolean retryable) implements Receipt {}

  /** Nobody knows: no definite reply came. */
  record Unclear(String reason) implements Receipt {}
}

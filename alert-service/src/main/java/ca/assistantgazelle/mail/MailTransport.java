package ca.assistantgazelle.mail;

/** Hands messages over. Several threads may call it. */
public interface MailTransport {
  /** As MAIL_TRANSPORT names it. */
  String name();

  /** Never throws: what went wrong is in the receipt. */
  Receipt send(Message message);

  /**
   * Whether it would take messages from us, without sending any.
   *
   * @return null when it would, else what is wrong
   */
  String check();
}

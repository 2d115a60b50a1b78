package ca.assistantgazelle.alert.mail;

/** The result of sending a mail. */
public sealed interface MailSendResult {
    /**
     * The server accepted the mail.
     *
     * @param providerId the provider's id of the mail; null when it gives none
     */
    record Accepted(String providerId) implements MailSendResult {}

    /**
     * The mail was definitely not accepted.
     *
     * @param retryable the server may accept it later
     */
    record Refused(String reason, boolean retryable) implements MailSendResult {}

    /** The server gave no definite reply: the mail may or may not have been accepted. */
    record Unclear(String reason) implements MailSendResult {}
}

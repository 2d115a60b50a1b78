package ca.assistantgazelle.alert.mail;

/** Sends mail. Thread-safe. */
public interface MailTransport {
    /** Its name in {@code MAIL_TRANSPORT}. */
    String name();

    /** Never throws: errors are in the result. */
    MailSendResult send(OutgoingMail mail);

    /**
     * Checks whether the server accepts mail from this service, without sending any.
     *
     * @return null when it does, else the problem
     */
    String check();
}

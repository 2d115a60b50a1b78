package ca.assistantgazelle.alert.mail;

/**
 * A mail ready to be sent.
 *
 * @param id the Message-ID, with angle brackets; deterministic, so that duplicates are recognisable
 * @param to the recipient's address
 */
public record OutgoingMail(String id, String to, String subject, String text, String html) {
    OutgoingMail redirectedTo(String address) {
        return new OutgoingMail(id, address, subject + " (pour " + to + ")", text, html);
    }
}

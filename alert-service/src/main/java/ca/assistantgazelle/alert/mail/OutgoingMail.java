package ca.assistantgazelle.alert.mail;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A mail ready to be sent.
 *
 * @param id the Message-ID, with angle brackets; deterministic, so that duplicates are recognisable
 * @param to the recipient's address
 * @param inReplyTo the Message-ID of the mail that it follows, with angle brackets; null when it follows none
 */
public record OutgoingMail(String id, String to, String subject, String text, String html, String inReplyTo) {
    /** A mail that follows no other. */
    public OutgoingMail(String id, String to, String subject, String text, String html) {
        this(id, to, subject, text, html, null);
    }

    OutgoingMail redirectedTo(String address) {
        return new OutgoingMail(id, address, subject + " (pour " + to + ")", text, html, inReplyTo);
    }

    /** Headers other than subject, sender and recipient, by name. */
    public Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Message-ID", id);
        headers.put("List-Id", "<alertes.gazelle-automation>");
        headers.put("Auto-Submitted", "auto-generated");
        if (inReplyTo != null) {
            headers.put("In-Reply-To", inReplyTo);
            headers.put("References", inReplyTo);
        }
        return headers;
    }
}

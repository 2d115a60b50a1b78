package ca.assistantgazelle.emulators.mail;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Properties;

/**
 * A received message.
 *
 * @param id unique in this mailbox, from 1
 * @param recipients of the envelope
 * @param source the raw message
 */
public record ReceivedMail(long id, String from, List<String> recipients, Instant receivedAt, String source) {

    /** A decoded header; empty if missing. */
    public String header(String name) {
        try {
            if (name.equalsIgnoreCase("Subject")) {
                return parsed().getSubject() == null ? "" : parsed().getSubject();
            }
            var value = parsed().getHeader(name, ", ");
            return value == null ? "" : value;
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The plain-text part; empty if there is none. */
    public String text() {
        return part("text/plain");
    }

    /** The HTML part; empty if there is none. */
    public String html() {
        return part("text/html");
    }

    private String part(String type) {
        try {
            return find(parsed(), type);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String find(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return (String) part.getContent();
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart one = parts.getBodyPart(i);
                var found = find(one, type);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }

    private MimeMessage parsed() throws MessagingException {
        var bytes = source.getBytes(StandardCharsets.ISO_8859_1);
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
    }
}

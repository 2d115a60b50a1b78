package ca.assistantgazelle.alert.mail.smtp;

import ca.assistantgazelle.alert.mail.OutgoingMail;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;

/** A MIME message with a Message-ID of its own. */
final class MimeEmail extends MimeMessage {
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final String id;
  private final HandoffTracker handoff;

  /**
   * @throws MessagingException when an address is not valid
   */
  MimeEmail(Session session, String from, OutgoingMail mail, Instant now, HandoffTracker handoff)
      throws MessagingException {
    super(session);
    this.handoff = handoff;
    this.id = mail.id();
    setFrom(address(from));
    setRecipient(RecipientType.TO, address(mail.to()));
    setSubject(mail.subject().replaceAll("\\R+", " "), UTF_8);
    setSentDate(Date.from(now));
    setHeader("List-Id", "<alertes.gazelle-automation>");
    setHeader("Auto-Submitted", "auto-generated");
    setContent(alternatives(mail));
    saveChanges();
  }

  private static InternetAddress address(String text) throws MessagingException {
    var address = new InternetAddress(text, true);
    // The library would cut other letters down to a byte: somebody else's address, or a line break.
    if (!address.getAddress().chars().allMatch(c -> c > ' ' && c <= '~')) {
      throw new AddressException("the address is not ASCII");
    }
    try {
      address.setPersonal(address.getPersonal(), UTF_8);
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException(e);
    }
    return address;
  }

  private static MimeMultipart alternatives(OutgoingMail mail) throws MessagingException {
    var text = new MimeBodyPart();
    text.setText(mail.text(), UTF_8);
    var html = new MimeBodyPart();
    html.setText(mail.html(), UTF_8, "html");
    return new MimeMultipart("alternative", text, html);
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
  }

  @Override
  public void writeTo(OutputStream out, String[] ignored) throws IOException, MessagingException {
    if (!handoff.begin()) {
      throw new MessagingException("abandoned before it was sent");
    }
    super.writeTo(out, ignored);
  }
}

package ca.assistantgazelle.mail.smtp;

import ca.assistantgazelle.mail.Message;
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

/** A message as it travels, with our own Message-ID. */
final class Letter extends MimeMessage {
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final String id;
  private final HandOver handOver;

  /**
   * @throws MessagingException when an address is not valid
   */
  Letter(Session session, String from, Message message, Instant now, HandOver handOver)
      throws MessagingException {
    super(session);
    this.handOver = handOver;
    this.id = message.id();
    setFrom(address(from));
    setRecipient(RecipientType.TO, address(message.to()));
    setSubject(message.subject().replaceAll("\\R+", " "), UTF_8);
    setSentDate(Date.from(now));
    setHeader("List-Id", "<alertes.gazelle-automation>");
    setHeader("Auto-Submitted", "auto-generated");
    setContent(alternatives(message));
    saveChanges();
  }

  private static InternetAddress address(String text) throws MessagingException {
    var address = new InternetAddress(text, true);
    // The library would cut other letters down to a byte: somebody else's address, or a line break.
    if (!address.getAddress().chars().allMatch(c -> c > ' ' && c <= '~')) {
      throw new AddressException("not an address in ASCII");
    }
    try {
      address.setPersonal(address.getPersonal(), UTF_8);
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException(e);
    }
    return address;
  }

  private static MimeMultipart alternatives(Message message) throws MessagingException {
    var text = new MimeBodyPart();
    text.setText(message.text(), UTF_8);
    var html = new MimeBodyPart();
    html.setText(message.html(), UTF_8, "html");
    return new MimeMultipart("alternative", text, html);
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
  }

  @Override
  public void writeTo(OutputStream out, String[] ignored) throws IOException, MessagingException {
    if (!handOver.begin()) {
      throw new MessagingException("given up before it was handed over");
    }
    super.writeTo(out, ignored);
  }
}

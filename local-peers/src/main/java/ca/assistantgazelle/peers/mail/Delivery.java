package ca.assistantgazelle.peers.mail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;

/** Takes one message in. */
final class Delivery implements MessageHandler {
  private static final Duration SILENCE = Duration.ofMinutes(2);

  private final MailServer server;
  private final MessageContext context;
  private final List<String> recipients = new ArrayList<>();
  private String from = "";

  Delivery(MailServer server, MessageContext context) {
    this.server = server;
    this.context = context;
  }

  @Override
  public void from(String address) {
    from = address;
  }

  @Override
  public void recipient(String address) throws RejectException {
    if (server.faults().strikes(MailFault.GREYLIST, address)) {
      throw new RejectException(451, "4.7.1 Greylisted, please try again later");
    }
    if (server.faults().strikes(MailFault.REFUSE_RECIPIENT, address)) {
      throw new RejectException(550, "5.1.1 No such user here");
    }
    recipients.add(address);
  }

  @Override
  public String data(InputStream data) throws RejectException, IOException {
    var source = new String(data.readAllBytes(), StandardCharsets.ISO_8859_1);
    var recipient = String.join(",", recipients);
    if (server.faults().strikes(MailFault.TOO_LARGE, recipient)) {
      throw new RejectException(552, "5.3.4 Message too big");
    }
    server.keep(from, recipients, source);
    if (server.faults().strikes(MailFault.DIE_AFTER_DATA, recipient)) {
      server.sockets().cut(context.getRemoteAddress());
    }
    if (server.faults().strikes(MailFault.SILENT, recipient)) {
      LockSupport.parkNanos(SILENCE.toNanos());
    }
    return "OK";
  }

  @Override
  public void done() {
    // Nothing is held between messages.
  }
}

package ca.assistantgazelle.emulators.mail;

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

/** Receives one message. */
final class SmtpMessageHandler implements MessageHandler {
    private static final Duration SILENT_DURATION = Duration.ofMinutes(2);

    private final MailServer server;
    private final MessageContext context;
    private final List<String> recipients = new ArrayList<>();
    private String from = "";

    SmtpMessageHandler(MailServer server, MessageContext context) {
        this.server = server;
        this.context = context;
    }

    @Override
    public void from(String address) {
        from = address;
    }

    @Override
    public void recipient(String address) throws RejectException {
        if (server.faults().consume(MailFault.GREYLIST, address)) {
            throw new RejectException(451, "4.7.1 Greylisted, please try again later");
        }
        if (server.faults().consume(MailFault.REFUSE_RECIPIENT, address)) {
            throw new RejectException(550, "5.1.1 No such user here");
        }
        recipients.add(address);
    }

    @Override
    public String data(InputStream data) throws RejectException, IOException {
        var source = new String(data.readAllBytes(), StandardCharsets.ISO_8859_1);
        var recipient = String.join(",", recipients);
        if (server.faults().consume(MailFault.TOO_LARGE, recipient)) {
            throw new RejectException(552, "5.3.4 Message too big");
        }
        server.store(from, recipients, source);
        if (server.faults().consume(MailFault.DIE_AFTER_DATA, recipient)) {
            server.serverSocket().disconnect(context.getRemoteAddress());
        }
        if (server.faults().consume(MailFault.SILENT, recipient)) {
            LockSupport.parkNanos(SILENT_DURATION.toNanos());
        }
        return "OK";
    }

    @Override
    public void done() {
        // No resources to release.
    }
}

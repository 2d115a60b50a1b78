package ca.assistantgazelle.alert.mail.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ca.assistantgazelle.alert.mail.AlertsConfig;
import ca.assistantgazelle.alert.mail.MailSendResult;
import ca.assistantgazelle.alert.mail.MailTransport;
import ca.assistantgazelle.alert.mail.OutgoingMail;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Context;
import io.vertx.mutiny.core.Vertx;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Sends over SMTP with quarkus-mailer. Accepted = the server took the mail with our Message-ID without an error. What
 * is known after an error: docs/adr/0012.
 */
@Singleton
public class SmtpTransport implements MailTransport {
    private static final Logger LOG = Logger.getLogger(SmtpTransport.class);
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(10);
    private static final String GREETING = "220";

    // Other characters could be folded into another address, or start a new header.
    private static final Pattern ADDRESS = Pattern.compile("[!-~&&[^@<>,;:\"()\\\\]]+@[A-Za-z0-9.-]+");

    private final ReactiveMailer mailer;
    private final Context eventLoop;
    private final AlertsConfig config;

    SmtpTransport(ReactiveMailer mailer, Vertx vertx, AlertsConfig config) {
        this.mailer = mailer;
        this.eventLoop = vertx.getOrCreateContext();
        this.config = config;
    }

    @Override
    public String name() {
        return "smtp";
    }

    @Override
    public MailSendResult send(OutgoingMail mail) {
        if (!ADDRESS.matcher(mail.to()).matches()) {
            return new MailSendResult.Refused("the recipient's address is not valid", false);
        }
        try {
            sendOnEventLoop(message(mail)).await().atMost(config.sendTimeout());
            return new MailSendResult.Accepted(mail.id());
        } catch (RuntimeException e) {
            LOG.debugf(e, "%s was not accepted", mail.id());
            return SmtpErrors.toSendResult(e);
        }
    }

    // The client's pool may connect on the event loop of one caller and read on that of another. It
    // then misses a greeting that arrives at once and waits for it until the time limit. One event
    // loop for all mails rules this out.
    private Uni<Void> sendOnEventLoop(Mail mail) {
        return Uni.createFrom()
                .deferred(() -> mailer.send(mail))
                .runSubscriptionOn(task -> eventLoop.runOnContext(task));
    }

    private Mail message(OutgoingMail mail) {
        var message = Mail.withText(mail.to(), mail.subject().replaceAll("\\R+", " "), mail.text())
                .setHtml(mail.html())
                .setFrom(config.from().orElseThrow());
        mail.headers().forEach((name, value) -> message.addHeader(name, value));
        return message;
    }

    /** Whether the server greets; TLS and login show with the first mail. */
    @Override
    public String check() {
        var host = config.smtpHost().orElse("localhost");
        int port = SmtpMailerConfigSource.port(config);
        if (SmtpTlsMode.of(config.smtpTls().orElse(null)) == SmtpTlsMode.IMPLICIT) {
            return isReachable(host, port) ? null : "cannot reach the SMTP server";
        }
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) CHECK_TIMEOUT.toMillis());
            socket.setSoTimeout((int) CHECK_TIMEOUT.toMillis());
            var greeting = new String(socket.getInputStream().readNBytes(GREETING.length()), US_ASCII);
            return greeting.equals(GREETING) ? null : "the SMTP server does not accept connections";
        } catch (IOException e) {
            return "cannot reach the SMTP server";
        }
    }

    private static boolean isReachable(String host, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) CHECK_TIMEOUT.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}

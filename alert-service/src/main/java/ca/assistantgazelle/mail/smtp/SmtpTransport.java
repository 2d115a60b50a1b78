package ca.assistantgazelle.mail.smtp;

import ca.assistantgazelle.mail.AlertsConfig;
import ca.assistantgazelle.mail.MailTransport;
import ca.assistantgazelle.mail.Message;
import ca.assistantgazelle.mail.Receipt;
import ca.assistantgazelle.redaction.Redaction;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.ext.mail.SMTPException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Over SMTP. Accepted = the server took the message with our Message-ID without an error. */
@Singleton
public class SmtpTransport implements MailTransport {
  private static final int CHECK_MILLIS = 5_000;

  private final ReactiveMailer mailer;
  private final Duration patience;
  private final String host;
  private final int port;

  SmtpTransport(
      ReactiveMailer mailer,
      AlertsConfig config,
      @ConfigProperty(name = "quarkus.mailer.host") String host,
      @ConfigProperty(name = "quarkus.mailer.port") int port) {
    this.mailer = mailer;
    this.patience = config.patience();
    this.host = host;
    this.port = port;
  }

  @Override
  public String name() {
    return "smtp";
  }

  @Override
  public Receipt send(Message message) {
    var mail =
        new Mail()
            .addTo(message.to())
            .setSubject(message.subject())
            .setText(message.text())
            .setHtml(message.html())
            .addHeader("Message-ID", message.id())
            .addHeader("List-Id", "<alertes.gazelle-automation>")
            .addHeader("Auto-Submitted", "auto-generated");
    try {
      mailer.send(mail).await().atMost(patience);
      return new Receipt.Accepted(message.id());
    } catch (RuntimeException e) {
      return receipt(e instanceof CompletionException && e.getCause() != null ? e.getCause() : e);
    }
  }

  private static Receipt receipt(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SMTPException answer && answer.getReplyCode() >= 400) {
        return new Receipt.Refused(
            "SMTP "
                + answer.getReplyCode()
                + ": "
                + Redaction.redact(String.join(" ", answer.getReplyMessages())),
            answer.getReplyCode() < 500);
      }
      if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
        return new Receipt.Refused("the SMTP server cannot be reached", true);
      }
    }
    return new Receipt.Unclear(
        failure instanceof TimeoutException
            ? "no answer in time"
            : "the line broke: " + failure.getClass().getSimpleName());
  }

  // A greeting is all that can be had without sending: credentials are tried with the first
  // message.
  @Override
  public String check() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), CHECK_MILLIS);
      socket.setSoTimeout(CHECK_MILLIS);
      var greeting = new String(socket.getInputStream().readNBytes(3), StandardCharsets.US_ASCII);
      return greeting.equals("220") ? null : "the server greets with " + greeting;
    } catch (IOException e) {
      return "the SMTP server cannot be reached: " + e.getClass().getSimpleName();
    }
  }
}

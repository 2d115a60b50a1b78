package ca.assistantgazelle.alert.mail.smtp;

import ca.assistantgazelle.alert.mail.AlertsConfig;
import ca.assistantgazelle.alert.mail.MailTransport;
import ca.assistantgazelle.alert.mail.OutgoingMail;
import ca.assistantgazelle.alert.mail.SendResult;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import jakarta.mail.MessagingException;
import jakarta.mail.NoSuchProviderException;
import java.time.Clock;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jboss.logging.Logger;

/** Sends mail over SMTP. Accepted = the server accepted the mail without an error. */
@Singleton
public class SmtpTransport implements MailTransport {
  private static final Logger LOG = Logger.getLogger(SmtpTransport.class);

  private final SmtpServer server;
  private final AlertsConfig config;
  private final Clock clock;

  /** A mail that waits for a connection is not being sent yet. */
  private final Semaphore connections;

  // Separate threads, so that waiting for a mail can end before its connection does.
  private final ExecutorService executor =
      Executors.newCachedThreadPool(
          task -> {
            var thread = Thread.ofPlatform().name("smtp").daemon().unstarted(task);
            thread.setContextClassLoader(SmtpTransport.class.getClassLoader());
            return thread;
          });

  SmtpTransport(AlertsConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.server = new SmtpServer(config);
    this.connections = new Semaphore(config.connections(), true);
  }

  @PreDestroy
  void close() {
    executor.shutdown();
  }

  @Override
  public String name() {
    return "smtp";
  }

  @Override
  public SendResult send(OutgoingMail mail) {
    connections.acquireUninterruptibly();
    var handoff = new HandoffTracker();
    try {
      var carrying =
          executor.submit(
              () -> {
                try {
                  return deliver(mail, handoff);
                } finally {
                  connections.release();
                }
              });
      return awaitResult(carrying, handoff);
    } catch (RejectedExecutionException e) {
      connections.release();
      LOG.debugf(e, "%s: not sent, the service is stopping", mail.id());
      return new SendResult.Refused("the service is stopping", true);
    }
  }

  private SendResult awaitResult(Future<SendResult> carrying, HandoffTracker handoff) {
    try {
      return carrying.get(config.patience().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return abandoned(handoff, "no response in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return abandoned(handoff, "interrupted");
    } catch (ExecutionException e) {
      LOG.error("Unexpected error while sending a mail", e.getCause());
      return abandoned(handoff, e.getCause().getClass().getSimpleName());
    }
  }

  private static SendResult abandoned(HandoffTracker handoff, String reason) {
    return handoff.giveUp() ? new SendResult.Refused(reason, true) : new SendResult.Unclear(reason);
  }

  private SendResult deliver(OutgoingMail mail, HandoffTracker handoff)
      throws NoSuchProviderException {
    var line = server.newConnection();
    try {
      var from = config.from().orElseThrow();
      var email = new MimeEmail(server.session(), from, mail, clock.instant(), handoff);
      server.connect(line);
      line.sendMessage(email, email.getAllRecipients());
      return new SendResult.Accepted(mail.id());
    } catch (MessagingException e) {
      LOG.debugf(e, "%s: not accepted", mail.id());
      return SmtpErrors.toResult(e, line, handoff.hasBegun());
    } finally {
      closeQuietly(line);
    }
  }

  private static void closeQuietly(SMTPTransport line) {
    try {
      line.close();
    } catch (MessagingException e) {
      // Its letter's fate was known before.
      LOG.debugf(e, "Failed to close the SMTP connection");
    }
  }

  @Override
  public String check() {
    try {
      var line = server.newConnection();
      try {
        server.connect(line);
        return null;
      } catch (MessagingException e) {
        return SmtpErrors.reason(e, line);
      } finally {
        closeQuietly(line);
      }
    } catch (NoSuchProviderException e) {
      throw new IllegalStateException(e);
    }
  }
}

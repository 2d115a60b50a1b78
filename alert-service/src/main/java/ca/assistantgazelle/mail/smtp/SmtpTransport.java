package ca.assistantgazelle.mail.smtp;

import ca.assistantgazelle.mail.AlertsConfig;
import ca.assistantgazelle.mail.MailTransport;
import ca.assistantgazelle.mail.Message;
import ca.assistantgazelle.mail.Receipt;
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

/** Over SMTP. Accepted = the server took the message with our Message-ID without an error. */
@Singleton
public class SmtpTransport implements MailTransport {
  private static final Logger LOG = Logger.getLogger(SmtpTransport.class);

  private final SmtpServer server;
  private final AlertsConfig config;
  private final Clock clock;

  /** Who waits for a line is not on its way yet. */
  private final Semaphore lines;

  // Apart, so that patience with a letter can end before its line does.
  private final ExecutorService carriers =
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
    this.lines = new Semaphore(config.connections(), true);
  }

  @PreDestroy
  void close() {
    carriers.shutdown();
  }

  @Override
  public String name() {
    return "smtp";
  }

  @Override
  public Receipt send(Message message) {
    lines.acquireUninterruptibly();
    var handOver = new HandOver();
    try {
      var carrying =
          carriers.submit(
              () -> {
                try {
                  return carried(message, handOver);
                } finally {
                  lines.release();
                }
              });
      return awaited(carrying, handOver);
    } catch (RejectedExecutionException e) {
      lines.release();
      LOG.debugf(e, "%s stays here", message.id());
      return new Receipt.Refused("the service is stopping", true);
    }
  }

  private Receipt awaited(Future<Receipt> carrying, HandOver handOver) {
    try {
      return carrying.get(config.patience().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return givenUp(handOver, "no answer in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return givenUp(handOver, "told to stop");
    } catch (ExecutionException e) {
      LOG.error("A letter could not be carried", e.getCause());
      return givenUp(handOver, e.getCause().getClass().getSimpleName());
    }
  }

  private static Receipt givenUp(HandOver handOver, String reason) {
    return handOver.giveUp() ? new Receipt.Refused(reason, true) : new Receipt.Unclear(reason);
  }

  private Receipt carried(Message message, HandOver handOver) throws NoSuchProviderException {
    var line = server.line();
    try {
      var from = config.from().orElseThrow();
      var letter = new Letter(server.session(), from, message, clock.instant(), handOver);
      server.connect(line);
      line.sendMessage(letter, letter.getAllRecipients());
      return new Receipt.Accepted(message.id());
    } catch (MessagingException e) {
      LOG.debugf(e, "%s was not taken", message.id());
      return Failure.receipt(e, line, handOver.begun());
    } finally {
      hangUp(line);
    }
  }

  private static void hangUp(SMTPTransport line) {
    try {
      line.close();
    } catch (MessagingException e) {
      // Its letter's fate was known before.
      LOG.debugf(e, "A line was not closed as it should");
    }
  }

  @Override
  public String check() {
    try {
      var line = server.line();
      try {
        server.connect(line);
        return null;
      } catch (MessagingException e) {
        return Failure.reason(e, line);
      } finally {
        hangUp(line);
      }
    } catch (NoSuchProviderException e) {
      throw new IllegalStateException(e);
    }
  }
}

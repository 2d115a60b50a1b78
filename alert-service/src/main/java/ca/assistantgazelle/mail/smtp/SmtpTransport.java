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

  // An interrupt would close the socket of a virtual thread: nobody interrupts these.
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
    try {
      return awaited(carriers.submit(() -> carried(message)));
    } finally {
      lines.release();
    }
  }

  // A letter on its way is waited for, also when we are told to stop: its fate must be known.
  private Receipt awaited(Future<Receipt> carrying) {
    long limit = System.nanoTime() + config.patience().toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return carrying.get(Math.max(1, limit - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          LOG.error("A letter could not be carried", e.getCause());
          return new Receipt.Unclear(e.getCause().getClass().getSimpleName());
        } catch (TimeoutException e) {
          return new Receipt.Unclear("no answer in time");
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Receipt carried(Message message) throws NoSuchProviderException {
    var line = server.line();
    Letter letter = null;
    try {
      letter = new Letter(server.session(), config.from().orElseThrow(), message, clock.instant());
      server.connect(line);
      line.sendMessage(letter, letter.getAllRecipients());
      return new Receipt.Accepted(message.id());
    } catch (MessagingException e) {
      LOG.debugf(e, "A letter was not taken");
      return Failure.receipt(e, line, letter != null && letter.handedOver());
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
    try (var line = server.line()) {
      server.connect(line);
      return null;
    } catch (MessagingException e) {
      return Failure.reason(e);
    }
  }
}

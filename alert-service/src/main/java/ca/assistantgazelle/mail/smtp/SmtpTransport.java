package ca.assistantgazelle.mail.smtp;

import ca.assistantgazelle.mail.AlertsConfig;
import ca.assistantgazelle.mail.MailTransport;
import ca.assistantgazelle.mail.Message;
import ca.assistantgazelle.mail.Receipt;
import ca.assistantgazelle.redaction.Redaction;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Over SMTP. Accepted = the server took the message with our Message-ID without an error. */
@Singleton
public class SmtpTransport implements MailTransport {
  private static final int USUAL_PORT = 25;
  private static final int TLS_PORT = 465;
  private static final int CONNECT_MILLIS = 10_000;

  private final MailClient client;
  private final AlertsConfig config;
  private final Tls tls;

  /** Who waits for a line is not on its way yet. */
  private final Semaphore lines;

  SmtpTransport(Vertx vertx, AlertsConfig config) {
    this.config = config;
    this.tls = Tls.of(config.smtpTls().orElse(null));
    this.lines = new Semaphore(config.connections(), true);
    this.client = MailClient.create(vertx, settings());
  }

  // A server that says nothing must free its line before our patience ends, or the lines run out.
  // A line that was used before may be dead without our knowing: each letter has one of its own.
  private MailConfig settings() {
    var settings =
        new MailConfig()
            .setHostname(host())
            .setPort(port())
            .setStarttls(
                switch (tls) {
                  case OPTIONAL -> StartTLSOptions.OPTIONAL;
                  case REQUIRED -> StartTLSOptions.REQUIRED;
                  case IMPLICIT, NONE -> StartTLSOptions.DISABLED;
                })
            .setSsl(tls == Tls.IMPLICIT)
            .setPipelining(false)
            .setKeepAlive(false)
            // Beyond those in use: one that is being given up must not keep the next letter
            // waiting.
            .setMaxPoolSize(3 * config.connections())
            .setConnectTimeout((int) Math.min(CONNECT_MILLIS, idle().toMillis()));
    settings.setIdleTimeout((int) idle().toMillis()).setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    if (config.smtpUsername().isPresent()) {
      settings
          .setLogin(LoginOption.REQUIRED)
          .setUsername(config.smtpUsername().get())
          .setPassword(config.smtpPassword().orElse(""));
    } else {
      settings.setLogin(LoginOption.DISABLED);
    }
    return settings;
  }

  private Duration idle() {
    return config.patience().multipliedBy(4).dividedBy(5);
  }

  private String host() {
    return config.smtpHost().orElse("localhost");
  }

  private int port() {
    return config.smtpPort().orElse(tls == Tls.IMPLICIT ? TLS_PORT : USUAL_PORT);
  }

  @PreDestroy
  void close() {
    client.close();
  }

  @Override
  public String name() {
    return "smtp";
  }

  @Override
  public Receipt send(Message message) {
    lines.acquireUninterruptibly();
    try {
      var sending = new CompletableFuture<Void>();
      client
          .sendMail(mail(message))
          .onComplete(
              result -> {
                if (result.succeeded()) {
                  sending.complete(null);
                } else {
                  sending.completeExceptionally(result.cause());
                }
              });
      return awaited(sending, message);
    } catch (RuntimeException e) {
      return receipt(e);
    } finally {
      lines.release();
    }
  }

  // A letter on its way is waited for, also when we are told to stop: its fate must be known.
  private Receipt awaited(CompletableFuture<Void> sending, Message message) {
    long limit = System.nanoTime() + config.patience().toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          sending.get(Math.max(1, limit - System.nanoTime()), TimeUnit.NANOSECONDS);
          return new Receipt.Accepted(message.id());
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          return receipt(e.getCause());
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

  private MailMessage mail(Message message) {
    var mail =
        new MailMessage()
            .setFrom(config.from().orElseThrow())
            .setTo(message.to())
            .setSubject(message.subject())
            .setText(message.text())
            .setHtml(message.html());
    mail.setHeaders(
        MultiMap.caseInsensitiveMultiMap()
            .add("Message-ID", message.id())
            .add("List-Id", "<alertes.gazelle-automation>")
            .add("Auto-Submitted", "auto-generated"));
    return mail;
  }

  private static Receipt receipt(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case SMTPException answer when answer.getReplyCode() >= 400 -> {
          return new Receipt.Refused(
              "SMTP "
                  + answer.getReplyCode()
                  + ": "
                  + Redaction.redact(String.join(" ", answer.getReplyMessages())),
              answer.getReplyCode() < 500);
        }
        case ConnectException e -> {
          return unreachable();
        }
        case UnknownHostException e -> {
          return unreachable();
        }
        case NoRouteToHostException e -> {
          return unreachable();
        }
        case SSLException e -> {
          return new Receipt.Refused(
              "no TLS with the SMTP server: SMTP_TLS, or its certificate", false);
        }
        case IllegalArgumentException e -> {
          return new Receipt.Refused("an address is not valid", false);
        }
        default -> {}
      }
    }
    return byWords(String.valueOf(failure.getMessage()), failure);
  }

  // What the library says in words only, all of it before a message was handed over.
  private static Receipt byWords(String words, Throwable failure) {
    if (words.contains("STARTTLS") || words.contains("AUTH") || words.contains("size limit")) {
      return new Receipt.Refused(Redaction.redact(words), false);
    }
    return new Receipt.Unclear("the line broke: " + failure.getClass().getSimpleName());
  }

  private static Receipt unreachable() {
    return new Receipt.Refused("the SMTP server cannot be reached", true);
  }

  @Override
  public String check() {
    return SmtpLogin.check(host(), port(), tls, config);
  }
}

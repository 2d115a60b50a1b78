package ca.assistantgazelle.alert.mail.smtp;

import ca.assistantgazelle.alert.mail.AlertsConfig;
import jakarta.mail.MessagingException;
import jakarta.mail.NoSuchProviderException;
import jakarta.mail.Session;
import java.time.Duration;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Connects to the configured SMTP server. */
final class SmtpServer {
  private static final int DEFAULT_PORT = 25;
  private static final int TLS_PORT = 465;
  private static final Duration MAX_CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final AlertsConfig config;
  private final SmtpTlsMode tls;
  private final Session session;

  SmtpServer(AlertsConfig config) {
    this.config = config;
    this.tls = SmtpTlsMode.of(config.smtpTls().orElse(null));
    this.session = Session.getInstance(settings());
  }

  Session session() {
    return session;
  }

  /** A line of its own, not connected yet: one used before may be dead without our knowing. */
  SMTPTransport newConnection() throws NoSuchProviderException {
    return (SMTPTransport) session.getTransport(protocol());
  }

  /** Greets, starts TLS and logs in. */
  void connect(SMTPTransport line) throws MessagingException {
    line.connect(
        config.smtpHost().orElse("localhost"),
        config.smtpPort().orElse(tls == SmtpTlsMode.IMPLICIT ? TLS_PORT : DEFAULT_PORT),
        config.smtpUsername().orElse(null),
        // A password without a name would log in as the system's user.
        config.smtpUsername().flatMap(name -> config.smtpPassword()).orElse(null));
    if (config.smtpUsername().isPresent()
        && !line.supportsExtension("AUTH")
        && !line.supportsExtension("AUTH=LOGIN")) {
      throw new MessagingException("the server does not offer AUTH");
    }
  }

  private String protocol() {
    return tls == SmtpTlsMode.IMPLICIT ? "smtps" : "smtp";
  }

  private Properties settings() {
    // A server that says nothing must be given up before our patience ends.
    var idle = config.patience().multipliedBy(4).dividedBy(5);
    var connecting = idle.compareTo(MAX_CONNECT_TIMEOUT) < 0 ? idle : MAX_CONNECT_TIMEOUT;
    var settings = new Properties();
    var prefix = "mail." + protocol() + ".";
    settings.setProperty(prefix + "connectiontimeout", Long.toString(connecting.toMillis()));
    settings.setProperty(prefix + "timeout", Long.toString(idle.toMillis()));
    settings.setProperty(prefix + "writetimeout", Long.toString(idle.toMillis()));
    settings.setProperty(
        prefix + "starttls.enable",
        Boolean.toString(tls == SmtpTlsMode.OPTIONAL || tls == SmtpTlsMode.REQUIRED));
    settings.setProperty(
        prefix + "starttls.required", Boolean.toString(tls == SmtpTlsMode.REQUIRED));
    settings.setProperty(prefix + "ssl.checkserveridentity", "true");
    settings.setProperty(prefix + "auth", Boolean.toString(config.smtpUsername().isPresent()));
    // What was accepted stays so, whatever becomes of the farewell.
    settings.setProperty(prefix + "quitwait", "false");
    return settings;
  }
}

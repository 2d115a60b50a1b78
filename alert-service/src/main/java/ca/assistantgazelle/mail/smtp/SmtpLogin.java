package ca.assistantgazelle.mail.smtp;

import ca.assistantgazelle.mail.AlertsConfig;
import ca.assistantgazelle.redaction.Redaction;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.util.Properties;

/** Greets the server, starts TLS and logs in as a letter would, and sends nothing. */
final class SmtpLogin {
  private static final String MILLIS = "10000";

  private SmtpLogin() {}

  /**
   * @return null when the server would take our messages, else what is wrong
   */
  static String check(String host, int port, Tls tls, AlertsConfig config) {
    var protocol = tls == Tls.IMPLICIT ? "smtps" : "smtp";
    var settings = new Properties();
    var prefix = "mail." + protocol + ".";
    settings.setProperty(prefix + "connectiontimeout", MILLIS);
    settings.setProperty(prefix + "timeout", MILLIS);
    settings.setProperty(
        prefix + "starttls.enable", Boolean.toString(tls == Tls.OPTIONAL || tls == Tls.REQUIRED));
    settings.setProperty(prefix + "starttls.required", Boolean.toString(tls == Tls.REQUIRED));
    settings.setProperty(prefix + "auth", Boolean.toString(config.smtpUsername().isPresent()));
    try (var transport = Session.getInstance(settings).getTransport(protocol)) {
      transport.connect(
          host, port, config.smtpUsername().orElse(null), config.smtpPassword().orElse(null));
      return null;
    } catch (AuthenticationFailedException e) {
      return "the SMTP server refuses SMTP_USERNAME and SMTP_PASSWORD";
    } catch (MessagingException e) {
      return "the SMTP server cannot be used: " + Redaction.redact(String.valueOf(e.getMessage()));
    }
  }
}

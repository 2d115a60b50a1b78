package ca.assistantgazelle.mail;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Who is told, and how. */
@ConfigMapping(prefix = "gazelle.alerts")
public interface AlertsConfig {
  /** {@code ALERTS_MODE}; absent = off in local, dry-run in staging, live in production. */
  Optional<String> mode();

  /** {@code ALERTS_REDIRECT_TO}: where everything goes in mode redirect. */
  Optional<String> redirectTo();

  /** {@code ALERTS_LIVE_ANYWAY}: live also outside of production; absent = false. */
  Optional<Boolean> liveAnyway();

  /** {@code ADMIN_EMAIL}: hears of runs that were given up. */
  Optional<String> adminEmail();

  /** {@code OFFICE_EMAIL}: hears of what could not be routed. */
  Optional<String> officeEmail();

  /** {@code MAIL_TRANSPORT}: smtp (when absent) or sendgrid. */
  Optional<String> transport();

  /** {@code SMTP_HOST}; absent = localhost. */
  Optional<String> smtpHost();

  /** {@code SMTP_PORT}; absent = 25, with implicit TLS 465. */
  Optional<Integer> smtpPort();

  /** {@code SMTP_USERNAME}; absent = nobody logs in. */
  Optional<String> smtpUsername();

  /** {@code SMTP_PASSWORD}. */
  Optional<String> smtpPassword();

  /** {@code SMTP_TLS}, see {@link ca.assistantgazelle.mail.smtp.Tls}. */
  Optional<String> smtpTls();

  /** {@code MAIL_FROM}. */
  Optional<String> from();

  /** {@code SENDGRID_API_KEY}. */
  Optional<String> sendgridApiKey();

  /** {@code SENDGRID_API_URL}: only for an emulator. */
  Optional<String> sendgridApiUrl();

  /** {@code INSTITUTIONS_FILE}: replaces the bundled list of institutions. */
  Optional<String> institutionsFile();

  /** {@code PUBLIC_URL}: where people look at the system; absent = messages have no links. */
  Optional<String> publicUrl();

  /** How many messages are on their way at once. */
  @WithDefault("8")
  int connections();

  /** How long the oldest trouble waits for others, so that what comes together is told together. */
  @WithDefault("PT8S")
  Duration gathering();

  /** How long one message may take before nobody knows what became of it. */
  @WithDefault("PT30S")
  Duration patience();
}

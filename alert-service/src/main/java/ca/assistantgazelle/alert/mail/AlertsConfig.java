package ca.assistantgazelle.alert.mail;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Recipients, mode and transport of alert mails. */
@ConfigMapping(prefix = "gazelle.alerts")
public interface AlertsConfig {
    /** {@code ALERTS_MODE}; absent = off in local, dry-run in staging, live in production. */
    Optional<String> mode();

    /** {@code ALERTS_REDIRECT_TO}: receives all mail in mode redirect. */
    Optional<String> redirectTo();

    /** {@code ALERTS_LIVE_ANYWAY}: live also outside of production; absent = false. */
    Optional<Boolean> liveAnyway();

    /** {@code ADMIN_EMAIL}: receives mail about failed and overdue runs. */
    Optional<String> adminEmail();

    /** {@code OFFICE_EMAIL}: receives the appointments that could not be routed. */
    Optional<String> officeEmail();

    /** {@code MAIL_TRANSPORT}: smtp or sendgrid; absent = sendgrid in production, else smtp. */
    Optional<String> transport();

    /** {@code SMTP_HOST}; absent = localhost. */
    Optional<String> smtpHost();

    /** {@code SMTP_PORT}; absent = 25, with implicit TLS 465. */
    Optional<Integer> smtpPort();

    /** {@code SMTP_USERNAME}; absent = no authentication. */
    Optional<String> smtpUsername();

    /** {@code SMTP_PASSWORD}. */
    Optional<String> smtpPassword();

    /** {@code SMTP_TLS}, see {@link ca.assistantgazelle.alert.mail.smtp.SmtpTlsMode}. */
    Optional<String> smtpTls();

    /** {@code MAIL_FROM}. */
    Optional<String> from();

    /** {@code SENDGRID_API_KEY}. */
    Optional<String> sendgridApiKey();

    /** {@code SENDGRID_API_URL}: only for an emulator. */
    Optional<String> sendgridApiUrl();

    /** {@code INSTITUTIONS_FILE}: replaces the bundled list of institutions. */
    Optional<String> institutionsFile();

    /** {@code PUBLIC_URL}: base URL of links in mails; absent = no links. */
    Optional<String> publicUrl();

    /** Maximum number of mails sent concurrently. */
    @WithDefault("8")
    int maxConcurrentSends();

    /** How long the oldest admin notification waits for others to be sent in the same mail. */
    @WithDefault("PT8S")
    Duration batchDelay();

    /** Time limit for sending one mail; after that its delivery is uncertain. */
    @WithDefault("PT30S")
    Duration sendTimeout();
}

package ca.assistantgazelle.alert.mail;

import ca.assistantgazelle.contract.catalogue.DeploymentEnvironment;
import ca.assistantgazelle.runtime.config.EnvironmentConfig;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;

/**
 * Sends mail as the configured mode allows. Invalid settings abort startup; there is no fallback to another transport
 * or mode.
 */
@Singleton
public class MailSender {
    private final AlertsConfig config;
    private final DeploymentEnvironment environment;
    private final AlertsMode mode;
    private final MailTransport transport;

    MailSender(AlertsConfig config, EnvironmentConfig scheduler, @All List<MailTransport> transports) {
        this.config = config;
        this.environment = DeploymentEnvironment.of(scheduler.environment());
        this.mode = config.mode().map(AlertsMode::of).orElseGet(this::defaultMode);
        this.transport = transports.stream()
                .filter(one -> one.name().equals(transportName()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "MAIL_TRANSPORT is '" + config.transport().orElse("") + "'; it must be smtp or sendgrid"));
    }

    // SendGrid delivers in production; SMTP serves development and test (docs/adr/0012).
    private String transportName() {
        var usual = environment == DeploymentEnvironment.PRODUCTION ? "sendgrid" : "smtp";
        return config.transport().orElse(usual).strip().toLowerCase(Locale.ROOT);
    }

    private AlertsMode defaultMode() {
        return switch (environment) {
            case LOCAL -> AlertsMode.OFF;
            case STAGING -> AlertsMode.DRY_RUN;
            case PRODUCTION -> AlertsMode.LIVE;
        };
    }

    void validateSettings(@Observes @Priority(100) StartupEvent event) {
        if (mode == AlertsMode.LIVE
                && environment != DeploymentEnvironment.PRODUCTION
                && !config.liveAnyway().orElse(false)) {
            throw new IllegalStateException(
                    "ALERTS_MODE is live but SCHEDULER_ENV is not production; set ALERTS_LIVE_ANYWAY=true if this is intended");
        }
        if (mode == AlertsMode.REDIRECT && config.redirectTo().isEmpty()) {
            throw new IllegalStateException("ALERTS_MODE is redirect but ALERTS_REDIRECT_TO is not set");
        }
    }

    public AlertsMode mode() {
        return mode;
    }

    /** Whether the mode sends any mail. */
    public boolean sendsMail() {
        return mode == AlertsMode.LIVE || mode == AlertsMode.REDIRECT;
    }

    /** Maximum number of mails sent concurrently. */
    public int maxConcurrentSends() {
        return config.maxConcurrentSends();
    }

    /** Must only be called in a mode that sends mail. */
    public MailSendResult send(OutgoingMail mail) {
        if (!sendsMail()) {
            throw new IllegalStateException("no mail is sent in mode " + mode.value());
        }
        var missing = missingSetting();
        if (missing != null) {
            return new MailSendResult.Refused(missing + " is not set", false);
        }
        return transport.send(
                mode == AlertsMode.REDIRECT
                        ? mail.redirectedTo(config.redirectTo().orElseThrow())
                        : mail);
    }

    /** The first missing mandatory setting; null when none is missing. */
    public String missingSetting() {
        if (config.from().isEmpty()) {
            return "MAIL_FROM";
        }
        return transport.name().equals("sendgrid") && config.sendgridApiKey().isEmpty() ? "SENDGRID_API_KEY" : null;
    }

    /** The domain of Message-IDs. */
    public String messageIdDomain() {
        var from = config.from().orElse("gazelle-automation.invalid");
        return from.substring(from.indexOf('@') + 1).replace(">", "").strip();
    }

    MailTransport transport() {
        return transport;
    }
}

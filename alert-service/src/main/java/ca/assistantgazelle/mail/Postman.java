package ca.assistantgazelle.mail;

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
 * Sends what may leave in the mode that is set. Settings that make no sense end the start: nothing
 * falls through to another transport or another mode.
 */
@Singleton
public class Postman {
  private final AlertsConfig config;
  private final DeploymentEnvironment environment;
  private final Mode mode;
  private final MailTransport transport;

  Postman(AlertsConfig config, EnvironmentConfig scheduler, @All List<MailTransport> transports) {
    this.config = config;
    this.environment = DeploymentEnvironment.of(scheduler.environment());
    this.mode = config.mode().map(Mode::of).orElseGet(this::usualMode);
    this.transport =
        transports.stream()
            .filter(one -> one.name().equals(wanted()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "MAIL_TRANSPORT is '"
                            + config.transport().orElse("")
                            + "'; it must be smtp or sendgrid"));
  }

  private String wanted() {
    return config.transport().orElse("smtp").strip().toLowerCase(Locale.ROOT);
  }

  private Mode usualMode() {
    return switch (environment) {
      case LOCAL -> Mode.OFF;
      case STAGING -> Mode.DRY_RUN;
      case PRODUCTION -> Mode.LIVE;
    };
  }

  void requireSense(@Observes @Priority(100) StartupEvent event) {
    if (mode == Mode.LIVE
        && environment != DeploymentEnvironment.PRODUCTION
        && !config.liveAnyway().orElse(false)) {
      throw new IllegalStateException(
          "ALERTS_MODE is live but SCHEDULER_ENV is not production; set ALERTS_LIVE_ANYWAY=true if that is meant");
    }
    if (mode == Mode.REDIRECT && config.redirectTo().isEmpty()) {
      throw new IllegalStateException("ALERTS_MODE is redirect but ALERTS_REDIRECT_TO is not set");
    }
  }

  public Mode mode() {
    return mode;
  }

  /** Whether anything leaves at all. */
  public boolean connects() {
    return mode == Mode.LIVE || mode == Mode.REDIRECT;
  }

  /** How many messages may be on their way at once. */
  public int connections() {
    return config.connections();
  }

  /** Only in a mode that connects. */
  public Receipt send(Message message) {
    if (!connects()) {
      throw new IllegalStateException("nothing leaves in mode " + mode.word());
    }
    var missing = missing();
    if (missing != null) {
      return new Receipt.Refused(missing + " is not set", false);
    }
    return transport.send(
        mode == Mode.REDIRECT ? message.redirected(config.redirectTo().orElseThrow()) : message);
  }

  /** The setting without which nothing can be sent; null when all are there. */
  public String missing() {
    if (config.from().isEmpty()) {
      return "MAIL_FROM";
    }
    return transport.name().equals("sendgrid") && config.sendgridApiKey().isEmpty()
        ? "SENDGRID_API_KEY"
        : null;
  }

  /** The domain of Message-IDs. */
  public String domain() {
    var from = config.from().orElse("gazelle-automation.invalid");
    return from.substring(from.indexOf('@') + 1).replace(">", "").strip();
  }

  MailTransport transport() {
    return transport;
  }
}

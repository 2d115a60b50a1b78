package ca.assistantgazelle.probe;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once started, until the database or the broker has been away for thirty seconds without a
 * break. Liveness never follows them: restarting this process would not bring them back.
 */
@Readiness
@Singleton
final class PeersReadiness implements HealthCheck {
  private final Contact contact;

  PeersReadiness(Contact contact) {
    this.contact = contact;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("peers")
        .status(contact.isStarted() && contact.isDatabaseThere() && contact.isBrokerThere())
        .withData("database", contact.isDatabaseThere() ? "there" : "away")
        .withData("broker", contact.isBrokerThere() ? "there" : "away")
        .build();
  }
}

package ca.assistantgazelle.runtime.health;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once started, unless the database or the broker has been unreachable for thirty seconds. Liveness does not
 * depend on them: restarting this process would not bring them back.
 */
@Readiness
@Singleton
final class DependencyReadiness implements HealthCheck {
    private final DependencyMonitor monitor;

    DependencyReadiness(DependencyMonitor contact) {
        this.monitor = contact;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("dependencies")
                .status(monitor.isStarted() && monitor.isDatabaseAvailable() && monitor.isBrokerAvailable())
                .withData("database", monitor.isDatabaseAvailable() ? "reachable" : "unreachable")
                .withData("broker", monitor.isBrokerAvailable() ? "reachable" : "unreachable")
                .build();
    }
}

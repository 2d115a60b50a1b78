package ca.assistantgazelle.worker.execution;

import ca.assistantgazelle.worker.inbox.WorkerConfig;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive as long as one slot is not lost to an attempt that ignored an interrupt; only a restart frees such slots. */
@Liveness
@Singleton
final class SlotLiveness implements HealthCheck {
    private final AttemptExecutor executor;
    private final WorkerConfig config;

    SlotLiveness(AttemptExecutor executor, WorkerConfig config) {
        this.executor = executor;
        this.config = config;
    }

    @Override
    public HealthCheckResponse call() {
        int stuck = executor.stuckSlots();
        return HealthCheckResponse.named("slots")
                .withData("stuck", stuck)
                .withData("slots", config.slots())
                .status(stuck < config.slots())
                .build();
    }
}

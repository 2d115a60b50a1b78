package ca.assistantgazelle.worker.execution;

import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.reactive.messaging.ChannelRegistry;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Shutdown on SIGTERM: stops consuming triggers, lets running attempts finish within their drain time, and interrupts
 * the rest so that another worker continues them.
 */
@Singleton
class GracefulShutdown {
    private static final Logger LOG = Logger.getLogger(GracefulShutdown.class);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    /** An attempt that is just being accepted may still start, and must be interrupted as well. */
    private static final Duration ACCEPT_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration HANDOVER_TIMEOUT = Duration.ofSeconds(5);

    private final AttemptExecutor executor;
    private final ChannelRegistry channels;
    private final DatabaseRetry databaseRetry;

    GracefulShutdown(AttemptExecutor executor, ChannelRegistry channels, DatabaseRetry databaseRetry) {
        this.executor = executor;
        this.channels = channels;
        this.databaseRetry = databaseRetry;
    }

    // Runs before the relay and the connections stop, because they publish the last outcomes.
    void onShutdown(@Observes @Priority(100) ShutdownEvent event) {
        channels.getPausable("triggers").pause();
        executor.stopClaiming();
        await(executor::isSettled, ACCEPT_TIMEOUT);
        LOG.infof(
                "Shutting down: stopped consuming triggers, %d attempts running",
                executor.running().size());
        await(executor.running()::isEmpty, longestDrain());
        executor.running().forEach(attempt -> attempt.stop(StopReason.SHUTDOWN));
        await(executor.running()::isEmpty, HANDOVER_TIMEOUT);
        databaseRetry.stop();
        int left = executor.running().size();
        LOG.infof(
                "Shutdown finished%s",
                left == 0 ? "" : ": %d attempts still running, their leases expire".formatted(left));
    }

    private Duration longestDrain() {
        return executor.running().stream()
                .map(attempt -> attempt.job().drain())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static void await(BooleanSupplier condition, Duration limit) {
        var end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
        }
    }
}

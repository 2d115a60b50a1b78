package ca.assistantgazelle.scheduler.planning;

import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Runs the scheduling cycle once a second, and within that second exactly when something falls due, so that precision
 * does not depend on the timer's period.
 */
@Singleton
public class SchedulerTimer {
    private static final Logger LOG = Logger.getLogger(SchedulerTimer.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final SchedulingCycle schedulingCycle;
    private final Clock clock;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean started;
    private boolean failing;

    SchedulerTimer(SchedulingCycle schedulingCycle, Clock clock) {
        this.schedulingCycle = schedulingCycle;
        this.clock = clock;
    }

    void start(@Observes @Priority(4000) StartupEvent event) {
        started = true;
    }

    void stop(@Observes @Priority(100) ShutdownEvent event) {
        stopped.countDown();
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void tick() {
        if (!started) {
            return;
        }
        try {
            runDueCycles();
            if (failing) {
                LOG.info("Scheduling recovered");
                failing = false;
            }
        } catch (RuntimeException e) {
            if (!failing && stopped.getCount() > 0) {
                LOG.warnf("Scheduling cycle failed; retrying: %s", DatabaseRetry.describe(e));
                LOG.debug("Scheduling cycle failed", e);
                failing = true;
            }
        }
    }

    private void runDueCycles() {
        var next = schedulingCycle.runOnce();
        Optional<Instant> last = Optional.empty();
        // Something still due after the cycle cannot be processed here: the next tick tries again.
        while (next.isPresent() && !next.equals(last) && isSoon(next.get())) {
            if (!waitUntil(next.get())) {
                return;
            }
            last = next;
            next = schedulingCycle.runOnce();
        }
    }

    private boolean isSoon(Instant instant) {
        return instant.isBefore(clock.instant().plus(PERIOD));
    }

    /** Waits until the instant has passed; false if the process is shutting down. */
    private boolean waitUntil(Instant instant) {
        try {
            for (var now = clock.instant(); now.isBefore(instant); now = clock.instant()) {
                var rest = Duration.between(now, instant);
                if (rest.compareTo(PERIOD) > 0 || stopped.await(rest.toNanos(), TimeUnit.NANOSECONDS)) {
                    return false;
                }
            }
            return stopped.getCount() > 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

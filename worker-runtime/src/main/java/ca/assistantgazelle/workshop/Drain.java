package ca.assistantgazelle.workshop;

import ca.assistantgazelle.sql.Patience;
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
 * What SIGTERM sets off: intake stops, what runs may finish within its drain time, the rest is
 * handed over.
 */
@Singleton
class Drain {
  private static final Logger LOG = Logger.getLogger(Drain.class);
  private static final Duration LOOK = Duration.ofMillis(50);

  /** An attempt that is being accepted may begin yet, and has to be told like the others. */
  private static final Duration LONGEST_ACCEPT = Duration.ofSeconds(10);

  private static final Duration HANDOVER = Duration.ofSeconds(5);

  private final Workshop workshop;
  private final ChannelRegistry channels;
  private final Patience patience;

  Drain(Workshop workshop, ChannelRegistry channels, Patience patience) {
    this.workshop = workshop;
    this.channels = channels;
    this.patience = patience;
  }

  // Before the relay and the connections stop: they carry the last outcomes.
  void drain(@Observes @Priority(100) ShutdownEvent event) {
    channels.getPausable("triggers").pause();
    workshop.stopClaiming();
    await(workshop::isSettled, LONGEST_ACCEPT);
    LOG.infof("draining: intake stopped, %d attempts running", workshop.running().size());
    await(workshop.running()::isEmpty, longestDrain());
    workshop.running().forEach(attempt -> attempt.stop(StopReason.SHUTDOWN));
    await(workshop.running()::isEmpty, HANDOVER);
    patience.stop();
    LOG.infof("drained: %d attempts left to their leases", workshop.running().size());
  }

  private Duration longestDrain() {
    return workshop.running().stream()
        .map(attempt -> attempt.job().drain())
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private static void await(BooleanSupplier condition, Duration limit) {
    var end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }
}

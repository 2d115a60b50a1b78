package ca.assistantgazelle.planning;

import ca.assistantgazelle.sql.Patience;
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
 * Drives the clockwork. The tick comes once a second; what falls due before the next one is waited
 * for, so that precision does not depend on the tick's period.
 */
@Singleton
public class Tick {
  private static final Logger LOG = Logger.getLogger(Tick.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Clockwork clockwork;
  private final Clock clock;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean started;
  private boolean failing;

  Tick(Clockwork clockwork, Clock clock) {
    this.clockwork = clockwork;
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
      turn();
      if (failing) {
        LOG.info("the clock works again");
        failing = false;
      }
    } catch (RuntimeException e) {
      if (!failing && stopped.getCount() > 0) {
        LOG.warnf("the clock's turn failed and comes again: %s", Patience.reason(e));
        LOG.debug("turn", e);
        failing = true;
      }
    }
  }

  private void turn() {
    var next = clockwork.turn();
    Optional<Instant> last = Optional.empty();
    // What stays due although its time has come is not ours to do: the next tick looks again.
    while (next.isPresent() && !next.equals(last) && isSoon(next.get())) {
      if (!isRunningAt(next.get())) {
        return;
      }
      last = next;
      next = clockwork.turn();
    }
  }

  private boolean isSoon(Instant instant) {
    return instant.isBefore(clock.instant().plus(PERIOD));
  }

  /** Waits until the instant has come, never less; false when the process stops meanwhile. */
  private boolean isRunningAt(Instant instant) {
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

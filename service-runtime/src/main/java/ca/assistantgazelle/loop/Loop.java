package ca.assistantgazelle.loop;

import ca.assistantgazelle.sql.Patience;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Repeats a step on a virtual thread of its own: at once when woken or while there is more to do,
 * else once a period. A failing step is told once, then tried again; it never ends the loop.
 */
public final class Loop implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Loop.class);

  private final String name;
  private final Duration period;
  private final BooleanSupplier step;
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread;
  private volatile boolean stopping;
  private boolean failing;

  private Loop(String name, Duration period, BooleanSupplier step) {
    this.name = name;
    this.period = period;
    this.step = step;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  /**
   * @param step returns whether there is more to do at once
   */
  public static Loop start(String name, Duration period, BooleanSupplier step) {
    var loop = new Loop(name, period, step);
    loop.wake();
    loop.thread.start();
    return loop;
  }

  /** Like {@link #start}, but the first step comes after a period, unless it is woken before. */
  public static Loop startRested(String name, Duration period, BooleanSupplier step) {
    var loop = new Loop(name, period, step);
    loop.thread.start();
    return loop;
  }

  /** There may be something to do now. */
  public void wake() {
    wake.release();
  }

  /** Lets the step that is running finish, and waits for it. */
  @Override
  public void close() {
    stopping = true;
    wake();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    rest();
    while (!stopping) {
      boolean more = attempt();
      if (!more && !stopping) {
        rest();
      }
    }
  }

  private boolean attempt() {
    try {
      boolean more = step.getAsBoolean();
      if (failing) {
        LOG.infof("%s works again", name);
        failing = false;
      }
      return more;
    } catch (RuntimeException e) {
      if (!failing && !stopping) {
        LOG.warnf("%s failed and is tried again: %s", name, Patience.reason(e));
        LOG.debug(name, e);
        failing = true;
      }
      return false;
    }
  }

  private void rest() {
    try {
      if (wake.tryAcquire(period.toMillis(), TimeUnit.MILLISECONDS)) {
        wake.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
    }
  }
}

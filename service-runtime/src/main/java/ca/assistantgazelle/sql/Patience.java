package ca.assistantgazelle.sql;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * For work that must not be lost because the database is away: it is tried again until the database
 * is back or the process stops. A statement that the database refuses is not tried again.
 */
@Singleton
public class Patience {
  private static final Logger LOG = Logger.getLogger(Patience.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private volatile boolean stopping;

  /** Ends every wait: called when the process stops. */
  public void stop() {
    stopping = true;
  }

  /**
   * @param what named in the log while waiting
   * @throws RuntimeException the last failure, when it is not the database's absence or the process
   *     stops
   */
  public <T> T until(String what, Supplier<T> work) {
    var pause = FIRST_PAUSE;
    boolean told = false;
    while (true) {
      try {
        return work.get();
      } catch (RuntimeException e) {
        if (stopping || Thread.currentThread().isInterrupted() || !isAway(e)) {
          throw e;
        }
        if (!told) {
          LOG.warnf("%s waits for the database: %s", what, reason(e));
          told = true;
        }
        LockSupport.parkNanos(pause.toNanos());
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
                ? LONGEST_PAUSE
                : pause.multipliedBy(2);
      }
    }
  }

  /**
   * Whether the failure means that the database cannot be reached or is not serving, rather than
   * that it said no.
   */
  public static boolean isAway(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PgException refused) {
        var state = String.valueOf(refused.getSqlState());
        // 08: connection; 57P: shutting down or starting; 53: out of connections or space; 40:
        // serialization, deadlock.
        return state.startsWith("08")
            || state.startsWith("57P")
            || state.startsWith("53")
            || state.startsWith("40");
      }
      if (cause instanceof IOException
          || cause instanceof ClosedConnectionException
          || cause instanceof TimeoutException) {
        return true;
      }
    }
    return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("connection");
  }

  /** One line, without the server's DETAIL, which quotes rows. */
  public static String reason(Throwable failure) {
    return failure.getClass().getSimpleName()
        + ": "
        + String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}

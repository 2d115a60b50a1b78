package ca.assistantgazelle.sql;

import com.fasterxml.jackson.core.JacksonException;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
  private volatile boolean closing;

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
   * For messages: like {@link #until}, but once the process stops this never returns, so that the
   * message is neither acknowledged nor refused and the broker delivers it again to whoever comes
   * next.
   */
  public <T> T orRedelivered(String what, Supplier<T> work) {
    try {
      return until(what, work);
    } catch (RuntimeException e) {
      while (closing || stopping) {
        LockSupport.park();
      }
      throw e;
    }
  }

  void close(@Observes @Priority(1) ShutdownEvent event) {
    closing = true;
  }

  /**
   * Whether the failure means that the database cannot be reached or is not serving, rather than
   * that it said no.
   */
  public static boolean isAway(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PgException refused) {
        return isTemporary(String.valueOf(refused.getSqlState()));
      }
      if (cause instanceof JacksonException) {
        return false;
      }
      if (cause instanceof IOException
          || cause instanceof ClosedConnectionException
          || cause instanceof TimeoutException) {
        return true;
      }
    }
    // The client has no class of its own for a connection that was closed under it.
    return failure instanceof VertxException
        && String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("connection");
  }

  // 08: connection; 57P: shutting down or starting; 57014, 25P03, 55P03: our own limits, reached
  // because somebody holds a
  // lock; 53: out of connections or space; 40: serialization, deadlock.
  private static boolean isTemporary(String state) {
    return Stream.of("08", "57P", "57014", "25P03", "55P03", "53", "40")
        .anyMatch(state::startsWith);
  }

  /** One line, without the server's DETAIL, which quotes rows. */
  public static String reason(Throwable failure) {
    return failure.getClass().getSimpleName()
        + ": "
        + String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}

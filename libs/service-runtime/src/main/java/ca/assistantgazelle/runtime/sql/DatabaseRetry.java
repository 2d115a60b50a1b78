package ca.assistantgazelle.runtime.sql;

import ca.assistantgazelle.runtime.retry.PeerRetry;
import com.fasterxml.jackson.core.JacksonException;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.EncodeException;
import io.vertx.pgclient.PgException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Retries work while the database is unavailable, until it is back or the process stops. A statement that the database
 * rejects is not retried. Neither is one that ran into its own time limit several times in a row: the server answers,
 * so the fault is the statement's. Waiting for a lock has a shorter limit with a code of its own and is retried.
 */
@Singleton
public class DatabaseRetry {
    private static final Logger LOG = Logger.getLogger(DatabaseRetry.class);
    private static final IntervalFunction PAUSES =
            IntervalFunction.ofExponentialBackoff(Duration.ofMillis(100), 2, Duration.ofSeconds(2));

    private static final String STATEMENT_TIMEOUT_STATE = "57014";
    private static final int MAX_STATEMENT_TIMEOUTS = 5;

    private volatile boolean stopping;
    private volatile boolean closing;

    /** Ends all retries; called when the process stops. */
    public void stop() {
        stopping = true;
    }

    /**
     * @param what description of the work, for the log
     * @throws RuntimeException the last failure, if the database is available or the process is stopping
     */
    public <T> T untilAvailable(String what, Supplier<T> work) {
        var timeouts = new AtomicInteger();
        var retry = Retry.of(
                what,
                RetryConfig.custom()
                        .maxAttempts(PeerRetry.UNLIMITED)
                        .intervalFunction(PAUSES)
                        .retryOnException(failure -> shouldRetry(failure, timeouts))
                        .build());
        retry.getEventPublisher().onRetry(event -> {
            if (event.getNumberOfRetryAttempts() == 1) {
                LOG.warnf("Database unavailable, retrying (%s): %s", what, describe(event.getLastThrowable()));
            }
        });
        return retry.executeSupplier(work);
    }

    private boolean shouldRetry(Throwable failure, AtomicInteger timeouts) {
        int consecutive = STATEMENT_TIMEOUT_STATE.equals(sqlState(failure)) ? timeouts.incrementAndGet() : 0;
        timeouts.set(consecutive);
        return !stopping
                && !Thread.currentThread().isInterrupted()
                && isUnavailable(failure)
                && consecutive < MAX_STATEMENT_TIMEOUTS;
    }

    private static String sqlState(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException refused) {
                return refused.getSqlState();
            }
        }
        return null;
    }

    /**
     * For messages: like {@link #untilAvailable}, but never returns once the process is stopping, so that the message
     * is neither acknowledged nor rejected and the broker redelivers it to the next consumer.
     */
    public <T> T orLeaveUnacknowledged(String what, Supplier<T> work) {
        try {
            return untilAvailable(what, work);
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
     * Whether the failure means that the database cannot be reached or is not serving, rather than that it rejected the
     * statement.
     */
    public static boolean isUnavailable(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException refused) {
                return isTemporary(String.valueOf(refused.getSqlState()));
            }
            if (cause instanceof JacksonException
                    || cause instanceof DecodeException
                    || cause instanceof EncodeException) {
                return false;
            }
            if (cause instanceof IOException
                    || cause instanceof TimeoutException
                    || cause instanceof java.util.concurrent.TimeoutException
                    || isOfClient(cause)) {
                return true;
            }
        }
        return false;
    }

    // The client reports a missing answer by many classes, some without a name of their own (a full pool fails with a
    // plain "Timeout"). Only PgException carries a definite answer of the server.
    private static boolean isOfClient(Throwable cause) {
        var name = cause.getClass().getName();
        return name.startsWith("io.vertx.") || name.startsWith("io.netty.");
    }

    // 08: connection; 57P: shutting down or starting; 57014, 25P03, 55P03: statement, transaction and
    // lock timeouts; 53: out of connections or space; 40: serialization failure, deadlock.
    private static boolean isTemporary(String state) {
        return Stream.of("08", "57P", "57014", "25P03", "55P03", "53", "40").anyMatch(state::startsWith);
    }

    /** The failure in one line, without the server's DETAIL, which quotes rows. */
    public static String describe(Throwable failure) {
        return failure.getClass().getSimpleName()
                + ": "
                + String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}

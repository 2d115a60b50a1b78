package ca.assistantgazelle.runtime.retry;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.event.RetryOnRetryEvent;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Retries calls that failed for a transient reason, with exponential back-off and jitter, so that callers that failed
 * together do not retry together.
 */
public final class PeerRetry {
    /** As many attempts as it takes. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private static final Logger LOG = Logger.getLogger(PeerRetry.class);
    private static final double FACTOR = 2;
    private static final double JITTER = 0.5;
    private static final int LOGGED_ATTEMPTS = 6;
    private static final int LOGGED_INTERVAL = 60;

    private final Retry retry;

    /**
     * @param maxAttempts maximum number of attempts; {@link #UNLIMITED} = no limit
     * @param initialBackoff pause before the second attempt; each further pause is twice as long
     * @param maxBackoff longest pause
     * @param isTransient whether a failure is transient; not evaluated once the caller is interrupted
     * @param minBackoff minimum pause that the server asked for, else zero
     */
    public PeerRetry(
            String name,
            int maxAttempts,
            Duration initialBackoff,
            Duration maxBackoff,
            Predicate<Throwable> isTransient,
            Function<Throwable, Duration> minBackoff) {
        var pauses = IntervalFunction.ofExponentialRandomBackoff(initialBackoff, FACTOR, JITTER, maxBackoff);
        this.retry = Retry.of(
                name,
                RetryConfig.custom()
                        .maxAttempts(maxAttempts)
                        .intervalBiFunction((attempt, outcome) -> Math.max(
                                pauses.apply(attempt),
                                minBackoff.apply(outcome.getLeft()).toMillis()))
                        .retryOnException(
                                failure -> !Thread.currentThread().isInterrupted() && isTransient.test(failure))
                        .build());
        retry.getEventPublisher().onRetry(event -> log(name, event));
    }

    // Not every one of many attempts.
    private static void log(String name, RetryOnRetryEvent event) {
        int failed = event.getNumberOfRetryAttempts();
        if (failed <= LOGGED_ATTEMPTS || failed % LOGGED_INTERVAL == 0) {
            LOG.infof(
                    "%s failed; attempt %d in %d ms: %s",
                    name,
                    failed + 1,
                    event.getWaitInterval().toMillis(),
                    event.getLastThrowable().getMessage());
        }
    }

    /**
     * The result, or the last failure.
     *
     * @param work throws no checked exception except {@link InterruptedException}
     * @throws InterruptedException if interrupted, also during a pause
     */
    public <T> T call(Callable<T> work) throws InterruptedException {
        try {
            return retry.executeCallable(work);
        } catch (InterruptedException e) {
            throw e;
        } catch (RuntimeException e) {
            if (Thread.interrupted()) {
                var stopped = new InterruptedException("interrupted while waiting to retry");
                stopped.addSuppressed(e);
                throw stopped;
            }
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("unexpected checked exception", e);
        }
    }
}

package ca.assistantgazelle.sync.gazelle;

import ca.assistantgazelle.runtime.retry.PeerRetry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * Retries a request that failed for a transient reason: a server error, a lost connection, a partial response.
 * {@code Retry-After} overrides the configured delay if it is longer.
 */
@Singleton
class PageRequestRetry {
    private final PeerRetry retry;
    private final Duration longestRetryAfter;

    PageRequestRetry(GazelleApiConfig config) {
        this.longestRetryAfter = config.maxRetryAfter();
        this.retry = new PeerRetry(
                "gazelle",
                config.maxAttempts(),
                config.initialBackoff(),
                config.maxBackoff(),
                this::isRetryable,
                failure -> failure instanceof GazelleException e ? e.retryAfter() : Duration.ZERO);
    }

    /**
     * @throws GazelleException the last failure
     * @throws InterruptedException if interrupted, also during a delay
     */
    <T> T call(Callable<T> work) throws InterruptedException {
        return retry.call(work);
    }

    private boolean isRetryable(Throwable failure) {
        return failure instanceof GazelleException e
                && e.error().retryable()
                && e.retryAfter().compareTo(longestRetryAfter) <= 0;
    }
}

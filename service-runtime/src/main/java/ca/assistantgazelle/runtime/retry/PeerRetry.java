package ca.assistantgazelle.runtime.retry;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Retries calls that failed for a transient reason, with exponential back-off and jitter, so that
 * callers that failed together do not retry together.
 */
public final class PeerRetry {
  private static final Logger LOG = Logger.getLogger(PeerRetry.class);
  private static final double FACTOR = 2;
  private static final double JITTER = 0.5;

  private final Retry retry;

  /**
   * @param most maximum number of attempts
   * @param mayPass whether a failure is transient; not evaluated once the caller is interrupted
   * @param leastPause minimum pause that the server asked for, else zero
   */
  public PeerRetry(
      String name,
      int most,
      Duration firstPause,
      Duration longestPause,
      Predicate<Throwable> mayPass,
      Function<Throwable, Duration> leastPause) {
    var pauses =
        IntervalFunction.ofExponentialRandomBackoff(firstPause, FACTOR, JITTER, longestPause);
    this.retry =
        Retry.of(
            name,
            RetryConfig.custom()
                .maxAttempts(most)
                .intervalBiFunction(
                    (attempt, outcome) ->
                        Math.max(
                            pauses.apply(attempt), leastPause.apply(outcome.getLeft()).toMillis()))
                .retryOnException(
                    failure -> !Thread.currentThread().isInterrupted() && mayPass.test(failure))
                .build());
    retry
        .getEventPublisher()
        .onRetry(
            event ->
                LOG.infof(
                    "%s failed; attempt %d in %d ms: %s",
                    name,
                    event.getNumberOfRetryAttempts() + 1,
                    event.getWaitInterval().toMillis(),
                    event.getLastThrowable().getMessage()));
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

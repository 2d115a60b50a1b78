package ca.assistantgazelle.retry;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Does again what failed for a passing reason. Pauses grow and are jittered, so that those who
 * failed together do not come back together.
 */
public final class Tries {
  private static final Logger LOG = Logger.getLogger(Tries.class);
  private static final double FACTOR = 2;
  private static final double JITTER = 0.5;

  private final Retry retry;

  /**
   * @param most tries in all
   * @param mayPass whether a failure is worth another try; not asked once the caller is told to
   *     stop
   * @param leastPause what the other side asked for; zero when nothing
   */
  public Tries(
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
                    "%s: try %d in %d ms: %s",
                    name,
                    event.getNumberOfRetryAttempts() + 1,
                    event.getWaitInterval().toMillis(),
                    event.getLastThrowable().getMessage()));
  }

  /**
   * The result, or the last failure.
   *
   * @param work throws no checked exception but {@link InterruptedException}
   * @throws InterruptedException when told to stop, also in the middle of a pause
   */
  public <T> T call(Callable<T> work) throws InterruptedException {
    try {
      return retry.executeCallable(work);
    } catch (InterruptedException e) {
      throw e;
    } catch (RuntimeException e) {
      if (Thread.interrupted()) {
        var stopped = new InterruptedException("told to stop while waiting for another try");
        stopped.addSuppressed(e);
        throw stopped;
      }
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("no other checked exception leaves the work", e);
    }
  }
}

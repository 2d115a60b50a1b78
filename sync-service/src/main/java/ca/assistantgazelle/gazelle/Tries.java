package ca.assistantgazelle.gazelle;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.core.functions.CheckedSupplier;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Asks again for a page that failed for a passing reason: a busy or broken server, a cut line, half
 * an answer. Pauses grow and are jittered, so that the lanes do not come back all at once;
 * Gazelle's own {@code Retry-After} wins when it is longer.
 */
@Singleton
class Tries {
  private static final Logger LOG = Logger.getLogger(Tries.class);
  private static final double FACTOR = 2;
  private static final double JITTER = 0.5;

  private final Retry retry;
  private final Duration longestRetryAfter;

  Tries(ApiConfig config) {
    this.longestRetryAfter = config.longestRetryAfter();
    var pauses =
        IntervalFunction.ofExponentialRandomBackoff(
            config.firstPause(), FACTOR, JITTER, config.longestPause());
    this.retry =
        Retry.of(
            "gazelle",
            RetryConfig.custom()
                .maxAttempts(config.tries())
                .intervalBiFunction((attempt, outcome) -> pause(pauses.apply(attempt), outcome))
                .retryOnException(this::mayPass)
                .build());
    retry
        .getEventPublisher()
        .onRetry(
            event ->
                LOG.infof(
                    "try %d in %d ms: %s",
                    event.getNumberOfRetryAttempts() + 1,
                    event.getWaitInterval().toMillis(),
                    event.getLastThrowable().getMessage()));
  }

  /**
   * @throws GazelleException the last failure
   * @throws InterruptedException when told to stop, also in the middle of a pause
   */
  <T> T call(CheckedSupplier<T> work) throws InterruptedException {
    try {
      return retry.executeCheckedSupplier(work);
    } catch (GazelleException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("told to stop while waiting for another try");
      }
      throw e;
    } catch (InterruptedException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("Gazelle is asked without other checked exceptions", e);
    }
  }

  private boolean mayPass(Throwable failure) {
    return failure instanceof GazelleException e
        && e.error().retryable()
        && e.retryAfter().compareTo(longestRetryAfter) <= 0
        && !Thread.currentThread().isInterrupted();
  }

  private static long pause(long planned, Either<Throwable, Object> outcome) {
    return outcome.isLeft() && outcome.getLeft() instanceof GazelleException e
        ? Math.max(planned, e.retryAfter().toMillis())
        : planned;
  }
}

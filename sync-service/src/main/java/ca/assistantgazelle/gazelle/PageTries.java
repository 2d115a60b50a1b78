package ca.assistantgazelle.gazelle;

import ca.assistantgazelle.retry.Tries;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * Asks again for a page that failed for a passing reason: a busy or broken server, a cut line, half
 * an answer. Gazelle's own {@code Retry-After} wins over our pause when it is longer.
 */
@Singleton
class PageTries {
  private final Tries tries;
  private final Duration longestRetryAfter;

  PageTries(ApiConfig config) {
    this.longestRetryAfter = config.longestRetryAfter();
    this.tries =
        new Tries(
            "gazelle",
            config.tries(),
            config.firstPause(),
            config.longestPause(),
            this::mayPass,
            failure -> failure instanceof GazelleException e ? e.retryAfter() : Duration.ZERO);
  }

  /**
   * @throws GazelleException the last failure
   * @throws InterruptedException when told to stop, also in the middle of a pause
   */
  <T> T call(Callable<T> work) throws InterruptedException {
    return tries.call(work);
  }

  private boolean mayPass(Throwable failure) {
    return failure instanceof GazelleException e
        && e.error().retryable()
        && e.retryAfter().compareTo(longestRetryAfter) <= 0;
  }
}

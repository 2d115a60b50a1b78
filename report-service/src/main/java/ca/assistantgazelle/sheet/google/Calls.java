package ca.assistantgazelle.sheet.google;

import ca.assistantgazelle.sheet.SheetException;
import com.google.api.client.googleapis.services.AbstractGoogleClientRequest;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * The calls of one run: counted, below the quota, and tried again when the reason may pass, with
 * growing, jittered pauses.
 */
public final class Calls {
  private static final Logger LOG = Logger.getLogger(Calls.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(40);

  private final Retry retry;
  private final Quota quota;
  private final Runnable beforeEachWrite;
  private final String account;
  private int count;

  /**
   * @param account whom a spreadsheet must be shared with; may be null
   */
  Calls(int tries, Duration firstPause, Quota quota, Runnable beforeEachWrite, String account) {
    this.quota = quota;
    this.beforeEachWrite = beforeEachWrite;
    this.account = account;
    this.retry =
        Retry.of(
            "google",
            RetryConfig.custom()
                .maxAttempts(tries)
                .intervalFunction(
                    IntervalFunction.ofExponentialRandomBackoff(firstPause, 2, 0.5, LONGEST_PAUSE))
                .retryOnException(Calls::mayPass)
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

  int count() {
    return count;
  }

  <T> T read(AbstractGoogleClientRequest<T> request) throws InterruptedException {
    return call(request, false);
  }

  <T> T write(AbstractGoogleClientRequest<T> request) throws InterruptedException {
    return call(request, true);
  }

  private <T> T call(AbstractGoogleClientRequest<T> request, boolean write)
      throws InterruptedException {
    try {
      return retry.executeCheckedSupplier(() -> once(request, write));
    } catch (SheetException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("told to stop while Google was called");
      }
      throw e;
    } catch (InterruptedException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("no other checked exception leaves a call", e);
    }
  }

  private <T> T once(AbstractGoogleClientRequest<T> request, boolean write)
      throws InterruptedException {
    if (write) {
      quota.await();
      beforeEachWrite.run();
    }
    count++;
    try {
      return request.execute();
    } catch (IOException e) {
      throw GoogleErrors.of(e, write, account);
    }
  }

  private static boolean mayPass(Throwable failure) {
    return failure instanceof SheetException e
        && e.error().errorClass().startsWith("GOOGLE_")
        && e.error().retryable()
        && !Thread.currentThread().isInterrupted();
  }
}

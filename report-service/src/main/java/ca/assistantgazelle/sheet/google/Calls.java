package ca.assistantgazelle.sheet.google;

import ca.assistantgazelle.runtime.retry.PeerRetry;
import ca.assistantgazelle.sheet.SheetException;
import com.google.api.client.googleapis.services.AbstractGoogleClientRequest;
import java.io.IOException;
import java.time.Duration;

/**
 * The calls of one run: counted, below the quota, and tried again when the reason may pass, with
 * growing, jittered pauses.
 */
public final class Calls {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(40);

  private final PeerRetry retry;
  private final Quota quota;
  private final Runnable beforeEachWrite;
  private final String account;
  private int count;

  /**
   * @param account whom a spreadsheet must be shared with; may be null
   */
  Calls(int most, Duration firstPause, Quota quota, Runnable beforeEachWrite, String account) {
    this.quota = quota;
    this.beforeEachWrite = beforeEachWrite;
    this.account = account;
    this.retry =
        new PeerRetry(
            "google", most, firstPause, LONGEST_PAUSE, Calls::mayPass, failure -> Duration.ZERO);
  }

  int count() {
    return count;
  }

  <T> T read(AbstractGoogleClientRequest<T> request) throws InterruptedException {
    return retry.call(() -> once(request, false));
  }

  <T> T write(AbstractGoogleClientRequest<T> request) throws InterruptedException {
    return retry.call(() -> once(request, true));
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
        && e.error().retryable();
  }
}

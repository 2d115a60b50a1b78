package ca.assistantgazelle.report.sheet.google;

import ca.assistantgazelle.report.sheet.SpreadsheetException;
import ca.assistantgazelle.runtime.retry.PeerRetry;
import com.google.api.client.googleapis.services.AbstractGoogleClientRequest;
import java.io.IOException;
import java.time.Duration;

/**
 * Executes the API calls of one run: counts them, keeps below the write quota and retries transient errors with
 * exponential, jittered back-off.
 */
public final class GoogleApiCalls {
    private static final Duration MAX_PAUSE = Duration.ofSeconds(40);

    private final PeerRetry retry;
    private final WriteRateLimiter rateLimiter;
    private final Runnable beforeEachWrite;
    private final String account;
    private int count;

    /** @param account the service account the spreadsheet must be shared with; may be null */
    GoogleApiCalls(
            int most, Duration firstPause, WriteRateLimiter rateLimiter, Runnable beforeEachWrite, String account) {
        this.rateLimiter = rateLimiter;
        this.beforeEachWrite = beforeEachWrite;
        this.account = account;
        this.retry = new PeerRetry(
                "google", most, firstPause, MAX_PAUSE, GoogleApiCalls::isTransient, failure -> Duration.ZERO);
    }

    int count() {
        return count;
    }

    <T> T read(AbstractGoogleClientRequest<T> request) throws InterruptedException {
        return retry.call(() -> callOnce(request, false));
    }

    <T> T write(AbstractGoogleClientRequest<T> request) throws InterruptedException {
        return retry.call(() -> callOnce(request, true));
    }

    private <T> T callOnce(AbstractGoogleClientRequest<T> request, boolean write) throws InterruptedException {
        if (write) {
            rateLimiter.acquire();
            beforeEachWrite.run();
        }
        count++;
        try {
            return request.execute();
        } catch (IOException e) {
            throw GoogleErrors.toException(e, write, account);
        }
    }

    private static boolean isTransient(Throwable failure) {
        return failure instanceof SpreadsheetException e
                && e.error().errorClass().startsWith("GOOGLE_")
                && e.error().retryable();
    }
}

package ca.assistantgazelle.report.sheet.google;

import io.github.bucket4j.BlockingBucket;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/** Keeps this process below Google's limit of write requests per minute. */
final class WriteRateLimiter {
    private final BlockingBucket bucket;

    WriteRateLimiter(int writesPerMinute) {
        // The burst plus the refill of one minute stay within the limit.
        int burst = Math.max(1, writesPerMinute / 6);
        this.bucket = Bucket.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(writesPerMinute - burst, Duration.ofMinutes(1)))
                .build()
                .asBlocking();
    }

    /** Blocks until one more write is allowed. */
    void acquire() throws InterruptedException {
        bucket.consume(1);
    }
}

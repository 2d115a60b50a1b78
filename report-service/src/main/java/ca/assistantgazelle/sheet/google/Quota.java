package ca.assistantgazelle.sheet.google;

import io.github.bucket4j.BlockingBucket;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/** Keeps this process below Google's limit of write requests a minute. */
final class Quota {
  private final BlockingBucket bucket;

  Quota(int writesPerMinute) {
    // What is saved up and what comes in a minute stay below the limit together.
    int burst = Math.max(1, writesPerMinute / 6);
    this.bucket =
        Bucket.builder()
            .addLimit(
                limit ->
                    limit
                        .capacity(burst)
                        .refillGreedy(writesPerMinute - burst, Duration.ofMinutes(1)))
            .build()
            .asBlocking();
  }

  /** Returns when one more write may leave. */
  void await() throws InterruptedException {
    bucket.consume(1);
  }
}

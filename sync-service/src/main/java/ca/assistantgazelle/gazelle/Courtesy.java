package ca.assistantgazelle.gazelle;

import io.github.bucket4j.BlockingBucket;
import io.github.bucket4j.Bucket;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;

/**
 * Keeps the requests to Gazelle below what would bother it: a token bucket that all lanes share. It
 * holds one token, so that a pause saves nothing up for a burst. Source: reference/gazelle.md §16,
 * "stay under 5 requests/s".
 */
@Singleton
class Courtesy {
  private static final int USUAL = 5;
  private static final int MOST = 100;

  /** Null = no limit. */
  private final BlockingBucket bucket;

  Courtesy(ApiConfig config) {
    int perSecond = perSecond(config);
    this.bucket =
        perSecond == 0
            ? null
            : Bucket.builder()
                .addLimit(limit -> limit.capacity(1).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build()
                .asBlocking();
  }

  /** Returns when one more request may leave. */
  void await() throws InterruptedException {
    if (bucket != null) {
      bucket.consume(1);
    }
  }

  static int perSecond(ApiConfig config) {
    int wanted =
        config.requestsPerSecond().orElseGet(() -> isThisMachine(config.url()) ? 0 : USUAL);
    if (wanted < 0 || wanted > MOST) {
      throw new IllegalStateException(
          "GAZELLE_REQUESTS_PER_SECOND is "
              + wanted
              + "; it must be a number from 0 (no limit) to "
              + MOST);
    }
    return wanted;
  }

  private static boolean isThisMachine(String url) {
    var host = URI.create(url).getHost();
    return host != null
        && (host.equals("localhost")
            || host.matches("127(\\.\\d{1,3}){3}")
            || host.equals("[::1]"));
  }
}

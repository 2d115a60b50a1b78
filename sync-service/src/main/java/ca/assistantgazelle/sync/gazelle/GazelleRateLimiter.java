package ca.assistantgazelle.sync.gazelle;

import ca.assistantgazelle.runtime.network.LoopbackUrl;
import io.github.bucket4j.BlockingBucket;
import io.github.bucket4j.Bucket;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Limits the rate of requests to Gazelle with a token bucket shared by all pipelines. Its capacity is one token, so
 * that no burst follows a pause. Gazelle asks for fewer than 5 requests/s.
 */
@Singleton
class GazelleRateLimiter {
    private static final int DEFAULT_PER_SECOND = 5;
    private static final int MAX_PER_SECOND = 100;

    /** Null = no limit. */
    private final BlockingBucket bucket;

    GazelleRateLimiter(GazelleApiConfig config) {
        int perSecond = perSecond(config);
        this.bucket = perSecond == 0
                ? null
                : Bucket.builder()
                        .addLimit(limit -> limit.capacity(1).refillGreedy(perSecond, Duration.ofSeconds(1)))
                        .build()
                        .asBlocking();
    }

    /** Blocks until the next request is permitted. */
    void acquire() throws InterruptedException {
        if (bucket != null) {
            bucket.consume(1);
        }
    }

    static int perSecond(GazelleApiConfig config) {
        int wanted = config.requestsPerSecond()
                .orElseGet(() -> LoopbackUrl.isLoopback(config.url()) ? 0 : DEFAULT_PER_SECOND);
        if (wanted < 0 || wanted > MAX_PER_SECOND) {
            throw new IllegalStateException("GAZELLE_REQUESTS_PER_SECOND is "
                    + wanted
                    + "; it must be between 0 (no limit) and "
                    + MAX_PER_SECOND);
        }
        return wanted;
    }
}

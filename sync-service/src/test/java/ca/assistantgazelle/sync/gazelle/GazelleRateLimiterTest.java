package ca.assistantgazelle.sync.gazelle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GazelleRateLimiterTest {
    @ParameterizedTest
    @CsvSource({
        "https://gazelleapp.io/graphql/private/,,5",
        "https://127.example.com/graphql/,,5",
        "http://127.0.0.1:8090/graphql/private/,,0",
        "http://localhost:8090/graphql/private/,,0",
        "http://[::1]:8090/graphql/private/,,0",
        "http://127.0.0.1:8090/graphql/private/,3,3",
        "https://gazelleapp.io/graphql/private/,0,0"
    })
    void theRealApiIsRateLimitedAndLoopbackIsNot(String url, Integer wanted, int perSecond) {
        assertThat(GazelleRateLimiter.perSecond(new TestApiConfig(url, Optional.ofNullable(wanted))))
                .isEqualTo(perSecond);
    }

    @Test
    void anInvalidLimitIsRejectedByName() {
        assertThatThrownBy(() -> new GazelleRateLimiter(new TestApiConfig("https://gazelleapp.io/", Optional.of(-1))))
                .hasMessageContaining("GAZELLE_REQUESTS_PER_SECOND");
    }

    @Test
    void requestsOverTheLimitWaitInterruptibly() throws Exception {
        var rateLimiter = new GazelleRateLimiter(new TestApiConfig("https://gazelleapp.io/", Optional.of(1)));
        rateLimiter.acquire();
        var passed = new AtomicInteger();
        var waiting = Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < 1_000; i++) {
                    rateLimiter.acquire();
                    passed.incrementAndGet();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        waiting.interrupt();
        waiting.join();
        assertThat(passed).hasValueLessThan(1_000);
    }

    private record TestApiConfig(String url, Optional<Integer> requestsPerSecond) implements GazelleApiConfig {
        @Override
        public Optional<String> key() {
            return Optional.empty();
        }

        @Override
        public Duration responseTimeout() {
            return Duration.ofMinutes(1);
        }

        @Override
        public int maxAttempts() {
            return 1;
        }

        @Override
        public Duration initialBackoff() {
            return Duration.ZERO;
        }

        @Override
        public Duration maxBackoff() {
            return Duration.ZERO;
        }

        @Override
        public Duration maxRetryAfter() {
            return Duration.ZERO;
        }
    }
}

package ca.assistantgazelle.sync.gazelle;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Connection, rate limit and retry settings of Gazelle's API. */
@ConfigMapping(prefix = "gazelle.api")
public interface GazelleApiConfig {
    /** {@code GAZELLE_API_URL}: the GraphQL endpoint's full URL. */
    String url();

    /** {@code GAZELLE_API_KEY}. */
    Optional<String> key();

    /**
     * {@code GAZELLE_REQUESTS_PER_SECOND}: the rate limit; 0 = none. Default: 5, or none if the URL is a loopback
     * address.
     */
    Optional<Integer> requestsPerSecond();

    /** Time limit from the request to the last byte of the response. */
    @WithDefault("PT1M")
    Duration responseTimeout();

    /** Maximum number of attempts for a page before its entity fails. */
    @WithDefault("6")
    int maxAttempts();

    /** Delay before the second attempt; doubled for each further one, with 50 % jitter. */
    @WithDefault("PT0.5S")
    Duration initialBackoff();

    /** Maximum delay, unless {@code Retry-After} is longer. */
    @WithDefault("PT20S")
    Duration maxBackoff();

    /** Maximum {@code Retry-After} to wait for; a longer one ends the attempt. */
    @WithDefault("PT2M")
    Duration maxRetryAfter();
}

package ca.assistantgazelle.gazelle;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How to reach Gazelle, and how patiently. */
@ConfigMapping(prefix = "gazelle.api")
public interface ApiConfig {
  /** {@code GAZELLE_API_URL}: the GraphQL endpoint's full URL. */
  String url();

  /** {@code GAZELLE_API_KEY}. */
  Optional<String> key();

  /**
   * {@code GAZELLE_REQUESTS_PER_SECOND}: the courtesy limit; 0 = none. Absent = 5 towards another
   * machine, none towards this one.
   */
  Optional<Integer> requestsPerSecond();

  /** How long an answer may take from the request to its last byte. */
  @WithDefault("PT1M")
  Duration longestAnswer();

  /** How often one page is asked for in all before its entity fails. */
  @WithDefault("6")
  int tries();

  /** Before the second try; twice as long before each further one, give or take a half. */
  @WithDefault("PT0.5S")
  Duration firstPause();

  /** No pause is longer, unless Gazelle asks for it. */
  @WithDefault("PT20S")
  Duration longestPause();

  /** The longest {@code Retry-After} that is waited for; beyond it the attempt ends. */
  @WithDefault("PT2M")
  Duration longestRetryAfter();
}

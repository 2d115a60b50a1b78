package ca.assistantgazelle.sync.job;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Configures short retry delays, so that tests reach the last attempt quickly. */
public final class ShortRetryTestResource implements QuarkusTestResourceLifecycleManager {
  static final int TRIES = 3;

  @Override
  public Map<String, String> start() {
    return Map.of(
        "gazelle.api.tries",
        Integer.toString(TRIES),
        "gazelle.api.first-pause",
        "PT0.01S",
        "gazelle.api.longest-pause",
        "PT0.05S",
        "gazelle.api.longest-retry-after",
        "PT2S",
        "gazelle.api.longest-answer",
        "PT2S",
        "quarkus.rest-client.gazelle.read-timeout",
        "700");
  }

  @Override
  public void stop() {
    // Nothing was started.
  }
}

package ca.assistantgazelle.sync;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Short waits, so that a test sees the last of several tries at once. */
public final class ImpatientClient implements QuarkusTestResourceLifecycleManager {
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

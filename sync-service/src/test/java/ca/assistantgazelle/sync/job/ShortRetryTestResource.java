package ca.assistantgazelle.sync.job;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Configures short retry delays, so that tests reach the last attempt quickly. */
public final class ShortRetryTestResource implements QuarkusTestResourceLifecycleManager {
    static final int TRIES = 3;

    @Override
    public Map<String, String> start() {
        return Map.of(
                "gazelle.api.max-attempts",
                Integer.toString(TRIES),
                "gazelle.api.initial-backoff",
                "PT0.01S",
                "gazelle.api.max-backoff",
                "PT0.05S",
                "gazelle.api.max-retry-after",
                "PT2S",
                "gazelle.api.response-timeout",
                "PT2S",
                "quarkus.rest-client.gazelle.read-timeout",
                "700");
    }

    @Override
    public void stop() {
        // Nothing was started.
    }
}

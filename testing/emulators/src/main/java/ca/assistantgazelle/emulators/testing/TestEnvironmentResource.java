package ca.assistantgazelle.emulators.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** Connects a {@code @QuarkusTest} to the embedded broker and database and the Gazelle emulator of its JVM. */
public final class TestEnvironmentResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        var peers = TestEnvironment.get();
        var settings = new HashMap<>(peers.environmentVariables());
        settings.put("GAZELLE_API_URL", peers.gazelle().url());
        return settings;
    }

    @Override
    public void stop() {
        // Shared by all test classes of the JVM; stopped when it exits.
    }
}

package ca.assistantgazelle.alert.watchdog;

import ca.assistantgazelle.emulators.testing.TestEnvironment;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** Broker and database with SCHEDULER_ENV=production, so that jobs are planned. */
public final class AlertTestResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        var settings = new HashMap<>(TestEnvironment.get().environmentVariables());
        settings.put("SCHEDULER_ENV", "production");
        return settings;
    }

    @Override
    public void stop() {
        // Shared by all test classes of the JVM; stopped when it exits.
    }
}

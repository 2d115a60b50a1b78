package ca.assistantgazelle.report.publication;

import ca.assistantgazelle.emulators.testing.TestEnvironment;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Points the service at the Google emulator, with short retry pauses. */
public final class GoogleEmulatorResource implements QuarkusTestResourceLifecycleManager {
    static final String SPREADSHEET = "rapport-essai";

    @Override
    public Map<String, String> start() {
        return Map.of(
                "gazelle.spreadsheet.spreadsheet-id",
                SPREADSHEET,
                "gazelle.spreadsheet.api-url",
                TestEnvironment.get().google().url(),
                "gazelle.spreadsheet.max-attempts",
                "4",
                "gazelle.spreadsheet.initial-backoff",
                "PT0.01S",
                "gazelle.spreadsheet.writes-per-minute",
                "100000");
    }

    @Override
    public void stop() {
        // Shared by all test classes of the JVM; stopped when it exits.
    }
}

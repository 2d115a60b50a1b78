package ca.assistantgazelle.scheduler.testing;

import ca.assistantgazelle.contract.token.AccessTokenHash;
import ca.assistantgazelle.emulators.testing.TestEnvironment;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/** Starts broker and database, and creates a token for each role, which is the name of the role. */
public final class SchedulerTestResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        try {
            var tokens = Files.createTempFile(
                    "tokens", "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            tokens.toFile().deleteOnExit();
            Files.writeString(
                    tokens,
                    AccessTokenHash.line("test-viewer", "viewer", "viewer")
                            + "\n"
                            + AccessTokenHash.line("test-operator", "operator", "operator")
                            + "\n");
            var settings = new HashMap<>(TestEnvironment.get().environmentVariables());
            settings.put("API_TOKENS_FILE", tokens.toString());
            settings.put("gazelle.lost-attempts.lease", "PT2S");
            settings.put("gazelle.lost-attempts.outcome-grace", "PT3S");
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // Broker and database are shared by all test classes of the JVM and stop with it.
    }
}

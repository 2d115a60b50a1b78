package ca.assistantgazelle.testing;

import ca.assistantgazelle.peers.testing.TestPeers;
import ca.assistantgazelle.token.TokenHash;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/** The module's broker and database, and a token for each role: the role's own name. */
public final class SchedulerPeers implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    try {
      var tokens =
          Files.createTempFile(
              "tokens",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      tokens.toFile().deleteOnExit();
      Files.writeString(
          tokens,
          TokenHash.line("test-viewer", "viewer", "viewer")
              + "\n"
              + TokenHash.line("test-operator", "operator", "operator")
              + "\n");
      var settings = new HashMap<>(TestPeers.get().environment());
      settings.put("API_TOKENS_FILE", tokens.toString());
      settings.put("gazelle.watch.lease", "PT2S");
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    // The peers serve every test class of the JVM and stop with it.
  }
}

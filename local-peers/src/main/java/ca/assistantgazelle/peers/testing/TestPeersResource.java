package ca.assistantgazelle.peers.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives a {@code @QuarkusTest} the real broker, the real database and the Gazelle emulator of its
 * JVM.
 */
public final class TestPeersResource implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    var peers = TestPeers.get();
    var settings = new HashMap<>(peers.environment());
    settings.put("GAZELLE_API_URL", peers.gazelle().url());
    return settings;
  }

  @Override
  public void stop() {
    // They serve every test class of the JVM and stop with it.
  }
}

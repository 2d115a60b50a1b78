package ca.assistantgazelle.sync;

import ca.assistantgazelle.peers.testing.TestPeers;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** The usual peers, reached with an application's token instead of a key. */
public final class OAuthPeers implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    var gazelle = TestPeers.get().gazelle();
    var settings = new HashMap<>(TestPeers.get().environment());
    settings.put("GAZELLE_API_URL", gazelle.url());
    settings.put("GAZELLE_API_KEY", "");
    settings.put("GAZELLE_OAUTH_URL", gazelle.tokenUrl());
    settings.put("GAZELLE_OAUTH_CLIENT_ID", gazelle.oauth().clientId());
    settings.put("GAZELLE_OAUTH_CLIENT_SECRET", gazelle.oauth().clientSecret());
    settings.put("GAZELLE_OAUTH_REFRESH_TOKEN", gazelle.oauth().authorise());
    return settings;
  }

  @Override
  public void stop() {
    // The peers stop with the JVM.
  }
}

package ca.assistantgazelle.sync.job;

import ca.assistantgazelle.emulators.testing.TestEnvironment;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** The usual emulators, accessed with an OAuth token instead of an API key. */
public final class OAuthTestResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        var gazelle = TestEnvironment.get().gazelle();
        var settings = new HashMap<>(TestEnvironment.get().environmentVariables());
        settings.put("GAZELLE_API_URL", gazelle.url());
        settings.put("GAZELLE_API_KEY", "");
        settings.put("GAZELLE_OAUTH_URL", gazelle.tokenUrl());
        settings.put("GAZELLE_OAUTH_CLIENT_ID", gazelle.oauth().clientId());
        settings.put("GAZELLE_OAUTH_CLIENT_SECRET", gazelle.oauth().clientSecret());
        settings.put("GAZELLE_OAUTH_REFRESH_TOKEN", gazelle.oauth().issueRefreshToken());
        return settings;
    }

    @Override
    public void stop() {
        // The emulators stop with the JVM.
    }
}

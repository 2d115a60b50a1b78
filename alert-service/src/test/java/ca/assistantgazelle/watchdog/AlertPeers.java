package ca.assistantgazelle.watchdog;

import ca.assistantgazelle.emulators.testing.TestEnvironment;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** The module's broker and database, in production's timetable. */
public final class AlertPeers implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    var settings = new HashMap<>(TestEnvironment.get().environmentVariables());
    settings.put("SCHEDULER_ENV", "production");
    return settings;
  }

  @Override
  public void stop() {
    // The peers serve every test class of the JVM and stop with it.
  }
}

package ca.assistantgazelle.alert.adminalert;

import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.task.PeriodicTask;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Notifies the admin when a Gazelle OAuth token expires within twelve hours. Syncs renew it during
 * its last day, so none of them has succeeded in doing so.
 */
@Singleton
class TokenExpiryMonitor {
  private static final Duration CHECK_INTERVAL = Duration.ofMinutes(30);
  private static final Duration WARNING_PERIOD = Duration.ofHours(12);

  private final Database database;
  private final AdminNotificationStore store;
  private final Clock clock;
  private PeriodicTask task;

  TokenExpiryMonitor(Database database, AdminNotificationStore store, Clock clock) {
    this.database = database;
    this.store = store;
    this.clock = clock;
  }

  void start(@Observes @Priority(5000) StartupEvent event) {
    task = PeriodicTask.start("token expiry monitor", CHECK_INTERVAL, this::check);
  }

  void stop(@Observes @Priority(100) ShutdownEvent event) {
    task.close();
  }

  private boolean check() {
    notifyExpiring(clock.instant());
    return false;
  }

  void notifyExpiring(Instant now) {
    store.addExpiringTokens(database, now, now.plus(WARNING_PERIOD));
  }
}

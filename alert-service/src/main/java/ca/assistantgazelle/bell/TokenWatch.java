package ca.assistantgazelle.bell;

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
 * Rings while a person can still act: an authorisation of Gazelle ends within half a day, although
 * syncs renew it during its last day. Source: the incident of 2026-01-20, reference/gazelle.md.
 */
@Singleton
class TokenWatch {
  private static final Duration PERIOD = Duration.ofMinutes(30);
  private static final Duration WARNING = Duration.ofHours(12);

  private final Database database;
  private final BellStore store;
  private final Clock clock;
  private PeriodicTask task;

  TokenWatch(Database database, BellStore store, Clock clock) {
    this.database = database;
    this.store = store;
    this.clock = clock;
  }

  void start(@Observes @Priority(5000) StartupEvent event) {
    task = PeriodicTask.start("token watch", PERIOD, this::step);
  }

  void stop(@Observes @Priority(100) ShutdownEvent event) {
    task.close();
  }

  private boolean step() {
    look(clock.instant());
    return false;
  }

  void look(Instant now) {
    store.addExpiring(database, now, now.plus(WARNING));
  }
}

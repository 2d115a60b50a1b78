package ca.assistantgazelle.bell;

import ca.assistantgazelle.contract.catalogue.DeploymentEnvironment;
import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.runtime.config.EnvironmentConfig;
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
 * Rings when no verified backup is younger than 26 hours, even if no run was ever planned, paused
 * or not; and when a backup that is remembered is missing or damaged. Source: backup.md §4.9.
 */
@Singleton
class BackupWatch {
  private static final Duration PERIOD = Duration.ofMinutes(5);
  private static final Duration AGE = Duration.ofHours(26);
  private static final Duration REHEARSAL_AGE = Duration.ofDays(8);
  private static final String JOB = "backup_supabase_daily";

  private final Database database;
  private final BellStore store;
  private final Clock clock;
  private final boolean planned;
  private PeriodicTask task;

  BackupWatch(
      Database database,
      BellStore store,
      Clock clock,
      JobCatalogue catalogue,
      EnvironmentConfig config) {
    this.database = database;
    this.store = store;
    this.clock = clock;
    this.planned =
        config.enabled()
            && catalogue.environment() != DeploymentEnvironment.LOCAL
            && catalogue
                .find(JOB)
                .map(JobDefinition::cronExpressions)
                .filter(one -> !one.isEmpty())
                .isPresent();
  }

  void start(@Observes @Priority(5000) StartupEvent event) {
    task = PeriodicTask.start("backup watch", PERIOD, this::step);
  }

  void stop(@Observes @Priority(100) ShutdownEvent event) {
    task.close();
  }

  private boolean step() {
    damaged(clock.instant());
    if (planned) {
      stale(clock.instant());
    }
    return false;
  }

  void damaged(Instant now) {
    store.addDamagedBackups(database, now);
  }

  /** Where backups are only made by hand, nobody waits for one. */
  void stale(Instant now) {
    store.addStaleBackup(database, JOB, now, now.minus(AGE));
    store.addStaleRehearsal(database, JOB, now, now.minus(REHEARSAL_AGE));
  }
}

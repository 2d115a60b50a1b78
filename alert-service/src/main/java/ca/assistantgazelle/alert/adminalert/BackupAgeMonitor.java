package ca.assistantgazelle.alert.adminalert;

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
 * Notifies the admin when the newest verified backup is older than 26 hours, even if the job is
 * paused or was never planned, and when a known backup is missing or damaged (docs/backup.md).
 */
@Singleton
class BackupAgeMonitor {
  private static final Duration CHECK_INTERVAL = Duration.ofMinutes(5);
  private static final Duration MAX_BACKUP_AGE = Duration.ofHours(26);
  private static final Duration MAX_DRILL_AGE = Duration.ofDays(8);
  private static final String JOB = "backup_supabase_daily";

  private final Database database;
  private final AdminNotificationStore store;
  private final Clock clock;
  private final boolean planned;
  private PeriodicTask task;

  BackupAgeMonitor(
      Database database,
      AdminNotificationStore store,
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
    task = PeriodicTask.start("backup age monitor", CHECK_INTERVAL, this::check);
  }

  void stop(@Observes @Priority(100) ShutdownEvent event) {
    task.close();
  }

  private boolean check() {
    notifyDamaged(clock.instant());
    if (planned) {
      notifyStale(clock.instant());
    }
    return false;
  }

  void notifyDamaged(Instant now) {
    store.addDamagedBackups(database, now);
  }

  /** Only where backups are planned. */
  void notifyStale(Instant now) {
    store.addStaleBackup(database, JOB, now, now.minus(MAX_BACKUP_AGE));
    store.addStaleRestoreDrill(database, JOB, now, now.minus(MAX_DRILL_AGE));
  }
}

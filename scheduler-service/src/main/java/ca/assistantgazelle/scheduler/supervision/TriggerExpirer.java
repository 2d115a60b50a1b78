package ca.assistantgazelle.scheduler.supervision;

import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.LifecycleKind;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.runtime.outbox.Outbox;
import ca.assistantgazelle.runtime.outbox.ServiceIdentity;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.runtime.task.PeriodicTask;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Closes runs whose trigger was not accepted in time, as error/EXPIRED, so that they do not block
 * later runs.
 */
@Singleton
class TriggerExpirer {
  private static final Logger LOG = Logger.getLogger(TriggerExpirer.class);
  private static final Duration PERIOD = Duration.ofSeconds(5);

  private record ExpiredRun(UUID runId, String job, int attempt) {}

  private final Database database;
  private final Outbox outbox;
  private final ServiceIdentity service;
  private final Clock clock;
  private PeriodicTask task;

  TriggerExpirer(Database database, Outbox outbox, ServiceIdentity service, Clock clock) {
    this.database = database;
    this.outbox = outbox;
    this.service = service;
    this.clock = clock;
  }

  void start(@Observes @Priority(4000) StartupEvent event) {
    task = PeriodicTask.start("trigger expirer", PERIOD, this::runOnce);
  }

  void stop(@Observes @Priority(100) ShutdownEvent event) {
    task.close();
  }

  private boolean runOnce() {
    database.runInTransaction(this::expireOverdue);
    return false;
  }

  private void expireOverdue(SqlQueries transaction) {
    var now = clock.instant();
    // Accepted but not started in time: must not be started any more.
    var untouched =
        transaction.list(
            """
            update automation.inbox i set state = 'done', finished_at = automation.present()
            from automation.run r
            where r.run_id = i.run_id and r.attempt = i.attempt and r.status = 'queued' and r.not_after < $1
              and i.state = 'waiting' and i.started_at is null
            returning i.run_id
            """,
            row -> row.getUUID(0),
            now.atOffset(ZoneOffset.UTC));
    var expired =
        transaction.list(
            """
            update automation.run
            set status = 'error', disposition = 'EXPIRED', reason = 'no worker accepted the trigger in time', finished_at = $1
            where run_id in (
              select run_id from automation.run r
              where r.status = 'queued' and r.held is null and r.not_after < $1
                and (r.run_id = any ($2) or not exists (
                  select from automation.inbox i where i.run_id = r.run_id and i.attempt = r.attempt))
              order by run_id
              for update skip locked)
            returning run_id, job, attempt
            """,
            row ->
                new ExpiredRun(
                    row.getUUID("run_id"), row.getString("job"), row.getInteger("attempt")),
            now.atOffset(ZoneOffset.UTC),
            untouched.toArray(UUID[]::new));
    for (var run : expired) {
      var error =
          new RunError(
              "TRIGGER_EXPIRED",
              false,
              "No worker accepted the trigger in time.",
              "Check that the worker of job "
                  + run.job
                  + " is running, then run the job manually if it is still needed.");
      outbox.addLifecycleEvent(
          transaction,
          new LifecycleEvent(
              run.runId,
              run.job,
              run.attempt,
              1,
              LifecycleKind.RUN_FAILED,
              now,
              service.process(),
              0,
              null,
              Map.of(),
              Map.of(),
              error,
              List.of()),
          null);
      LOG.warnf("run %s job %s: expired before any worker accepted it", run.runId, run.job);
    }
  }
}

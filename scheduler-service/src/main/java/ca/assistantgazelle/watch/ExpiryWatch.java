package ca.assistantgazelle.watch;

import ca.assistantgazelle.event.LifecycleEvent;
import ca.assistantgazelle.event.LifecycleKind;
import ca.assistantgazelle.event.RunError;
import ca.assistantgazelle.loop.Loop;
import ca.assistantgazelle.outbox.Outbox;
import ca.assistantgazelle.outbox.ServiceName;
import ca.assistantgazelle.sql.Database;
import ca.assistantgazelle.sql.Queries;
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
 * Closes runs whose trigger nobody accepted in time: error/EXPIRED, so that they do not block later
 * ones.
 */
@Singleton
class ExpiryWatch {
  private static final Logger LOG = Logger.getLogger(ExpiryWatch.class);
  private static final Duration PERIOD = Duration.ofSeconds(5);

  private record Expired(UUID runId, String job, int attempt) {}

  private final Database database;
  private final Outbox outbox;
  private final ServiceName service;
  private final Clock clock;
  private Loop loop;

  ExpiryWatch(Database database, Outbox outbox, ServiceName service, Clock clock) {
    this.database = database;
    this.outbox = outbox;
    this.service = service;
    this.clock = clock;
  }

  void start(@Observes @Priority(4000) StartupEvent event) {
    loop = Loop.start("expiry watch", PERIOD, this::look);
  }

  void stop(@Observes @Priority(100) ShutdownEvent event) {
    loop.close();
  }

  private boolean look() {
    database.transact(this::close);
    return false;
  }

  private void close(Queries transaction) {
    var now = clock.instant();
    // Accepted, and not begun in time: nobody may begin it any more.
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
            set status = 'error', disposition = 'EXPIRED', reason = 'no worker took it in time', finished_at = $1
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
                new Expired(row.getUUID("run_id"), row.getString("job"), row.getInteger("attempt")),
            now.atOffset(ZoneOffset.UTC),
            untouched.toArray(UUID[]::new));
    for (var run : expired) {
      var error =
          new RunError(
              "TRIGGER_EXPIRED",
              false,
              "No worker accepted the trigger in time.",
              "See that the worker of job "
                  + run.job
                  + " runs, then run the job by hand if it is still wanted.");
      outbox.lifecycle(
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

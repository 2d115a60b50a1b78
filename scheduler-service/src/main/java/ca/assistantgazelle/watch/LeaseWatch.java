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
import io.vertx.mutiny.sqlclient.Row;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Notices workers that died: an attempt whose lease ran out is LOST. Leases are not renewed while
 * the database is away, so one counts as run out only after this process has itself seen the
 * database without a break for as long as a lease lasts.
 */
@Singleton
class LeaseWatch {
  private static final Logger LOG = Logger.getLogger(LeaseWatch.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration QUICK = Duration.ofSeconds(2);

  private final Database database;
  private final Outbox outbox;
  private final ServiceName service;
  private final Clock clock;
  private final UninterruptedContact contact;
  private Loop loop;

  LeaseWatch(
      Database database, Outbox outbox, ServiceName service, Clock clock, WatchConfig config) {
    this.database = database;
    this.outbox = outbox;
    this.service = service;
    this.clock = clock;
    this.contact = new UninterruptedContact(config.lease(), PERIOD.multipliedBy(3));
  }

  void start(@Observes @Priority(4000) StartupEvent event) {
    loop = Loop.start("lease watch", PERIOD, this::look);
  }

  void stop(@Observes @Priority(100) ShutdownEvent event) {
    loop.close();
  }

  private boolean look() {
    if (!contact.isLongEnough(System.nanoTime())) {
      database.update("select 1");
      contact.seen(System.nanoTime());
      return false;
    }
    var begin = System.nanoTime();
    database.transact(
        transaction -> {
          declareLost(transaction);
          requireQuick(begin);
        });
    contact.seen(System.nanoTime());
    return false;
  }

  // A look that took long met a database that stood still, and with it the renewals of everybody:
  // it is taken back.
  private static void requireQuick(long begin) {
    if (System.nanoTime() - begin > QUICK.toNanos()) {
      throw new IllegalStateException("the database stood still, so nobody is declared lost");
    }
  }

  private void declareLost(Queries transaction) {
    // A row that is locked right now is being renewed or written under: its worker lives.
    var lost =
        transaction.list(
            """
            select run_id, attempt, job, fence, sequence, claimed_by, started_at, traceparent from automation.inbox
            where state = 'running' and lease_until < automation.present()
            for update skip locked
            """,
            Lost::of);
    for (var attempt : lost) {
      transaction.update(
          """
          update automation.inbox
          set state = 'lost', fence = nextval('automation.fence'), sequence = sequence + 1, finished_at = automation.present()
          where run_id = $1 and attempt = $2
          """,
          attempt.runId,
          attempt.attempt);
      outbox.lifecycle(transaction, event(attempt), attempt.traceparent);
      LOG.warnf(
          "run %s job %s attempt %d: lost with its worker %s",
          attempt.runId, attempt.job, attempt.attempt, attempt.worker);
    }
  }

  private LifecycleEvent event(Lost lost) {
    var error =
        new RunError(
            "WORKER_LOST",
            true,
            "The worker " + lost.worker + " gave no sign of life until its lease ran out.",
            "See why it ended: its log, memory limit or node.");
    return new LifecycleEvent(
        lost.runId,
        lost.job,
        lost.attempt,
        lost.sequence + 1,
        LifecycleKind.LOST,
        clock.instant(),
        service.process(),
        lost.fence,
        lost.startedAt,
        Map.of(),
        Map.of(),
        error,
        List.of());
  }

  private record Lost(
      UUID runId,
      int attempt,
      String job,
      long fence,
      int sequence,
      String worker,
      Instant startedAt,
      String traceparent) {
    static Lost of(Row row) {
      return new Lost(
          row.getUUID("run_id"),
          row.getInteger("attempt"),
          row.getString("job"),
          row.getLong("fence"),
          row.getInteger("sequence"),
          row.getString("claimed_by"),
          row.getOffsetDateTime("started_at").toInstant(),
          row.getString("traceparent"));
    }
  }
}

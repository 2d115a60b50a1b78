package ca.assistantgazelle.watchdog;

import ca.assistantgazelle.bell.DirectNotice;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.task.PeriodicTask;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Notices runs that never happened. It knows the timetable by itself and reads only what workers
 * achieved, so it works when no scheduler does. Each overdue run is told once, and its recovery
 * once.
 */
@Singleton
class Watchdog {
  private static final Logger LOG = Logger.getLogger(Watchdog.class);
  private static final Duration PERIOD = Duration.ofSeconds(5);
  private static final Duration LONG_AWAY = Duration.ofMinutes(5);

  private final Database database;
  private final Deadlines deadlines;
  private final OverdueStore store;
  private final OverdueNews news;
  private final DirectNotice notice;
  private final Clock clock;
  private final Map<String, AtomicLong> overdue = new ConcurrentHashMap<>();
  private final AtomicLong databaseAway = new AtomicLong();
  private long lastContact = System.nanoTime();
  private PeriodicTask task;

  Watchdog(
      Database database,
      Deadlines deadlines,
      OverdueStore store,
      OverdueNews news,
      DirectNotice notice,
      Clock clock,
      MeterRegistry meters) {
    this.database = database;
    this.deadlines = deadlines;
    this.store = store;
    this.news = news;
    this.notice = notice;
    this.clock = clock;
    for (var watched : deadlines.watched()) {
      var job = watched.job().id();
      overdue.put(job, meters.gauge("gazelle.runs.overdue", Tags.of("job", job), new AtomicLong()));
    }
    meters.gauge("gazelle.watchdog.database.away", databaseAway);
  }

  void start(@Observes @Priority(4000) StartupEvent event) {
    task = PeriodicTask.start("watchdog", PERIOD, this::step);
  }

  void stop(@Observes @Priority(100) ShutdownEvent event) {
    task.close();
  }

  private boolean step() {
    try {
      look();
      lastContact = System.nanoTime();
      if (databaseAway.getAndSet(0) == 1) {
        LOG.info("the database is back: deadlines are watched again");
        notice.databaseIsBack();
      }
      return false;
    } catch (RuntimeException e) {
      sayWhenLongAway();
      throw e;
    }
  }

  private void sayWhenLongAway() {
    boolean isLong = System.nanoTime() - lastContact > LONG_AWAY.toNanos();
    if (isLong && databaseAway.getAndSet(1) == 0) {
      LOG.errorf(
          "the database has been away for %d minutes: nobody can say whether planned runs took place",
          LONG_AWAY.toMinutes());
      notice.databaseIsAway(LONG_AWAY);
    }
  }

  void look() {
    database.runInTransaction(
        transaction -> {
          var now = clock.instant();
          for (var watched : deadlines.watched()) {
            var since = store.since(transaction, watched, now);
            Deadline.latest(watched.job(), watched.timetable(), since, now)
                .filter(late -> !store.hasSucceeded(transaction, late.job().id(), late.fire().at()))
                .filter(late -> store.excuse(transaction, late, now).isEmpty())
                .ifPresent(
                    late -> {
                      var runId = store.runId(transaction, late);
                      if (store.raise(transaction, late, runId, now)) {
                        news.overdue(transaction, late, runId);
                      }
                    });
          }
          store.recover(transaction, now).forEach(run -> news.recovered(transaction, run));
          var open = store.open(transaction);
          overdue.forEach((job, gauge) -> gauge.set(open.getOrDefault(job, 0L)));
        });
  }
}

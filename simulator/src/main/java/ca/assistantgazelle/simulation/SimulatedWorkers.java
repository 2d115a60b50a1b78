package ca.assistantgazelle.simulation;

import ca.assistantgazelle.event.EventJson;
import ca.assistantgazelle.event.LifecycleEvent;
import ca.assistantgazelle.event.LifecycleKind;
import ca.assistantgazelle.event.RunError;
import ca.assistantgazelle.event.Trigger;
import ca.assistantgazelle.sql.Database;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.UUID;

/**
 * Plays the workers: takes every trigger at once, lets it last as the scenario says, and reports as
 * real ones do. A cancelled attempt acknowledges after two seconds, as long as a renewal may take.
 */
final class SimulatedWorkers {
  private static final Duration ACKNOWLEDGEMENT = Duration.ofSeconds(2);

  private final Database database;
  private final Scenario scenario;
  private final PriorityQueue<LifecycleEvent> news =
      new PriorityQueue<>(Comparator.comparing(LifecycleEvent::at));
  private long fence;

  SimulatedWorkers(Database database, Scenario scenario) {
    this.database = database;
    this.scenario = scenario;
  }

  private record Row(long id, String topic, String payload) {}

  /**
   * Takes what the outbox holds.
   *
   * @return news of whole runs, which is for people and not for workers
   */
  List<LifecycleEvent> take(Instant now) {
    var rows =
        database.list(
            "delete from automation.outbox returning id, topic, payload",
            row -> new Row(row.getLong(0), row.getString(1), row.getString(2)));
    var told = new ArrayList<LifecycleEvent>();
    rows.stream()
        .sorted(Comparator.comparingLong(Row::id))
        .forEach(
            row -> {
              if (row.topic().startsWith("jobs.trigger.")) {
                begin(EventJson.read(bytes(row), Trigger.class), now);
              } else {
                told.add(EventJson.read(bytes(row), LifecycleEvent.class));
              }
            });
    stopCancelled(now);
    return told;
  }

  /** When the next news comes; null when none will. */
  Instant next() {
    return news.isEmpty() ? null : news.peek().at();
  }

  /** The news up to the instant, in order. */
  List<LifecycleEvent> until(Instant now) {
    var due = new ArrayList<LifecycleEvent>();
    while (!news.isEmpty() && !news.peek().at().isAfter(now)) {
      var event = news.poll();
      if (event.event().endsAttempt()) {
        database.update(
            "update automation.inbox set state = 'done' where run_id = $1 and attempt = $2",
            event.runId(),
            event.attempt());
      }
      due.add(event);
    }
    return due;
  }

  private void begin(Trigger trigger, Instant now) {
    int taken =
        database.update(
            """
            insert into automation.inbox (run_id, attempt, worker, job, trigger, state, sequence, fence, started_at)
            values ($1, $2, 'simulated', $3, '{}', 'running', 2, $4, $5)
            on conflict do nothing
            """,
            trigger.runId(),
            trigger.attempt(),
            trigger.job(),
            ++fence,
            now.atOffset(ZoneOffset.UTC));
    if (taken == 0) {
      return;
    }
    var job = scenario.catalogue().find(trigger.job()).orElseThrow();
    news.add(event(trigger, 1, LifecycleKind.ACCEPTED, now, now, 0, null));
    news.add(event(trigger, 2, LifecycleKind.STARTED, now, now, fence, null));
    var limit = job.hardLimit(trigger.parameters());
    var lasts = scenario.lasts(job);
    boolean cut = lasts.compareTo(limit) > 0;
    var end = now.plus(cut ? limit : lasts);
    if (cut) {
      var error = new RunError("TIME_LIMIT", true, "It lasted longer than " + limit + ".", null);
      news.add(event(trigger, 3, LifecycleKind.TIMED_OUT, end, now, fence, error));
    } else if (scenario.succeeds(job, trigger.attempt())) {
      news.add(event(trigger, 3, LifecycleKind.SUCCEEDED, end, now, fence, null));
    } else {
      var error = new RunError("SIMULATED", true, "It fails in this scenario.", null);
      news.add(event(trigger, 3, LifecycleKind.FAILED, end, now, fence, error));
    }
  }

  private void stopCancelled(Instant now) {
    var cancelled =
        database.list(
            "select run_id from automation.inbox where cancel_requested and state = 'running'",
            row -> row.getUUID(0));
    cancelled.forEach(run -> stop(run, now.plus(ACKNOWLEDGEMENT)));
  }

  private void stop(UUID run, Instant at) {
    var ending =
        news.stream()
            .filter(event -> event.runId().equals(run) && event.event().endsAttempt())
            .filter(event -> event.event() != LifecycleKind.CANCELLED && event.at().isAfter(at))
            .findFirst();
    ending.ifPresent(
        event -> {
          news.remove(event);
          news.add(
              new LifecycleEvent(
                  event.runId(),
                  event.job(),
                  event.attempt(),
                  event.sequence(),
                  LifecycleKind.CANCELLED,
                  at,
                  event.worker(),
                  event.fence(),
                  event.startedAt(),
                  Map.of(),
                  Map.of(),
                  new RunError("CANCELLED", false, "The attempt was cancelled.", null),
                  List.of()));
        });
  }

  private static LifecycleEvent event(
      Trigger trigger,
      int sequence,
      LifecycleKind kind,
      Instant at,
      Instant startedAt,
      long fence,
      RunError error) {
    return new LifecycleEvent(
        trigger.runId(),
        trigger.job(),
        trigger.attempt(),
        sequence,
        kind,
        at,
        "simulated",
        fence,
        kind == LifecycleKind.ACCEPTED ? null : startedAt,
        Map.of(),
        Map.of(),
        error,
        List.of());
  }

  private static byte[] bytes(Row row) {
    return row.payload().getBytes(StandardCharsets.UTF_8);
  }
}

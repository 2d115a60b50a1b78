package ca.assistantgazelle.simulator;

import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.LifecycleKind;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.runtime.sql.Database;
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
 * Simulates the workers: accepts every trigger at once, lets the attempt last as long as the
 * scenario says, and reports lifecycle events like real workers. A cancelled attempt acknowledges
 * after two seconds, the longest time until its next lease renewal.
 */
final class SimulatedWorkers {
  private static final Duration CANCEL_DELAY = Duration.ofSeconds(2);

  private final Database database;
  private final SimulationScenario scenario;
  private final PriorityQueue<LifecycleEvent> pendingEvents =
      new PriorityQueue<>(Comparator.comparing(LifecycleEvent::at));
  private long fence;

  SimulatedWorkers(Database database, SimulationScenario scenario) {
    this.database = database;
    this.scenario = scenario;
  }

  private record OutboxMessage(long id, String topic, String payload) {}

  /**
   * Removes all messages from the outbox and starts an attempt for each trigger.
   *
   * @return the lifecycle events that the scheduler published about runs
   */
  List<LifecycleEvent> drainOutbox(Instant now) {
    var rows =
        database.list(
            "delete from automation.outbox returning id, topic, payload",
            row -> new OutboxMessage(row.getLong(0), row.getString(1), row.getString(2)));
    var told = new ArrayList<LifecycleEvent>();
    rows.stream()
        .sorted(Comparator.comparingLong(OutboxMessage::id))
        .forEach(
            row -> {
              if (row.topic().startsWith("jobs.trigger.")) {
                startAttempt(EventJson.read(bytes(row), TriggerEvent.class), now);
              } else {
                told.add(EventJson.read(bytes(row), LifecycleEvent.class));
              }
            });
    stopCancelled(now);
    return told;
  }

  /** Time of the next event; null if there is none. */
  Instant nextEventAt() {
    return pendingEvents.isEmpty() ? null : pendingEvents.peek().at();
  }

  /** Removes and returns the events up to the instant, in chronological order. */
  List<LifecycleEvent> eventsUntil(Instant now) {
    var due = new ArrayList<LifecycleEvent>();
    while (!pendingEvents.isEmpty() && !pendingEvents.peek().at().isAfter(now)) {
      var event = pendingEvents.poll();
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

  private void startAttempt(TriggerEvent trigger, Instant now) {
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
    pendingEvents.add(event(trigger, 1, LifecycleKind.ACCEPTED, now, now, 0, null));
    pendingEvents.add(event(trigger, 2, LifecycleKind.STARTED, now, now, fence, null));
    var limit = job.hardLimit(trigger.parameters());
    var lasts = scenario.lasts(job);
    boolean cut = lasts.compareTo(limit) > 0;
    var end = now.plus(cut ? limit : lasts);
    if (cut) {
      var error =
          new RunError(
              "TIME_LIMIT", true, "The attempt exceeded the hard limit of " + limit + ".", null);
      pendingEvents.add(event(trigger, 3, LifecycleKind.TIMED_OUT, end, now, fence, error));
    } else if (scenario.succeeds(job, trigger.attempt())) {
      pendingEvents.add(event(trigger, 3, LifecycleKind.SUCCEEDED, end, now, fence, null));
    } else {
      var error = new RunError("SIMULATED", true, "The attempt fails in this scenario.", null);
      pendingEvents.add(event(trigger, 3, LifecycleKind.FAILED, end, now, fence, error));
    }
  }

  private void stopCancelled(Instant now) {
    var cancelled =
        database.list(
            "select run_id from automation.inbox where cancel_requested and state = 'running'",
            row -> row.getUUID(0));
    cancelled.forEach(run -> cancelAttempt(run, now.plus(CANCEL_DELAY)));
  }

  private void cancelAttempt(UUID run, Instant at) {
    var ending =
        pendingEvents.stream()
            .filter(event -> event.runId().equals(run) && event.event().endsAttempt())
            .filter(event -> event.event() != LifecycleKind.CANCELLED && event.at().isAfter(at))
            .findFirst();
    ending.ifPresent(
        event -> {
          pendingEvents.remove(event);
          pendingEvents.add(
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
      TriggerEvent trigger,
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

  private static byte[] bytes(OutboxMessage row) {
    return row.payload().getBytes(StandardCharsets.UTF_8);
  }
}

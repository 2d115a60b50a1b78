package ca.assistantgazelle.collector;

import ca.assistantgazelle.catalogue.Job;
import ca.assistantgazelle.catalogue.JobCatalogue;
import ca.assistantgazelle.event.Cause;
import ca.assistantgazelle.event.LifecycleEvent;
import ca.assistantgazelle.event.LifecycleKind;
import ca.assistantgazelle.event.Trigger;
import ca.assistantgazelle.event.UnreadableEventException;
import ca.assistantgazelle.ledger.Ledger;
import ca.assistantgazelle.ledger.Run;
import ca.assistantgazelle.outbox.Outbox;
import ca.assistantgazelle.outbox.ServiceName;
import ca.assistantgazelle.sql.Database;
import ca.assistantgazelle.sql.Queries;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Enters a batch of events: the tries, their log rows, and what follows for the runs, all in one
 * transaction.
 */
@Singleton
public class Bookkeeping {
  private final Database database;
  private final Ledger ledger;
  private final AttemptStore attempts;
  private final LogStore logs;
  private final Consequences consequences;
  private final JobCatalogue catalogue;

  Bookkeeping(
      Database database,
      Ledger ledger,
      AttemptStore attempts,
      LogStore logs,
      Consequences consequences,
      JobCatalogue catalogue) {
    this.database = database;
    this.ledger = ledger;
    this.attempts = attempts;
    this.logs = logs;
    this.consequences = consequences;
    this.catalogue = catalogue;
  }

  /** Outside a container: for simulations. */
  public static Bookkeeping of(
      Database database,
      Ledger ledger,
      Outbox outbox,
      JobCatalogue catalogue,
      ServiceName service,
      Clock clock) {
    return new Bookkeeping(
        database,
        ledger,
        new AttemptStore(),
        new LogStore(),
        new Consequences(outbox, catalogue, service, clock),
        catalogue);
  }

  /** Order and duplicates do not matter; a batch of known events writes nothing. */
  public void enter(List<LifecycleEvent> events) {
    var byRun =
        events.stream()
            .filter(event -> !event.event().concernsRun())
            .collect(
                Collectors.groupingBy(
                    LifecycleEvent::runId, LinkedHashMap::new, Collectors.toList()));
    if (!byRun.isEmpty()) {
      database.transact(transaction -> enter(transaction, byRun));
    }
  }

  private void enter(Queries transaction, Map<UUID, List<LifecycleEvent>> byRun) {
    var runs = runs(transaction, byRun);
    Map<AttemptState.Key, AttemptState> known = new HashMap<>();
    attempts.of(transaction, byRun.keySet()).forEach(attempt -> known.put(attempt.key(), attempt));
    var changed = new HashSet<AttemptState.Key>();
    byRun.values().forEach(events -> events.forEach(event -> fold(known, changed, event)));

    if (!changed.isEmpty()) {
      var states = changed.stream().map(known::get).toList();
      attempts.save(transaction, states);
      logs.save(
          transaction,
          states.stream().map(state -> LogRow.of(runs.get(state.runId()), state)).toList());
    }
    var ofRun = known.values().stream().collect(Collectors.groupingBy(AttemptState::runId));
    var after = new ArrayList<Run>();
    for (var run : runs.values()) {
      consequences
          .apply(
              transaction,
              run,
              acceptedAt(byRun.get(run.runId())),
              ofRun.getOrDefault(run.runId(), List.of()))
          .ifPresent(after::add);
    }
    ledger.save(transaction, after);
  }

  private static void fold(
      Map<AttemptState.Key, AttemptState> known,
      Set<AttemptState.Key> changed,
      LifecycleEvent event) {
    if (!AttemptState.concerns(event)) {
      return;
    }
    var key = AttemptState.Key.of(event);
    var before = known.get(key);
    var after = before == null ? AttemptState.first(event) : before.fold(event);
    if (!after.equals(before)) {
      known.put(key, after);
      changed.add(key);
    }
  }

  private Map<UUID, Run> runs(Queries transaction, Map<UUID, List<LifecycleEvent>> byRun) {
    var ids = new ArrayList<>(byRun.keySet());
    var held = ledger.hold(transaction, ids);
    if (held.size() < ids.size()) {
      var present = held.stream().map(Run::runId).collect(Collectors.toSet());
      byRun.forEach(
          (id, events) -> {
            if (!present.contains(id)) {
              adopt(transaction, events.getFirst());
            }
          });
      held = ledger.hold(transaction, ids);
    }
    return held.stream()
        .collect(Collectors.toMap(Run::runId, run -> run, (a, b) -> a, LinkedHashMap::new));
  }

  // A trigger that an engineer wrote by hand is work that was accepted all the same: it gets its
  // row. News of a run that
  // nobody accepted would stay open for ever.
  private void adopt(Queries transaction, LifecycleEvent event) {
    boolean accepted =
        transaction
            .first(
                "select 1 from automation.inbox where run_id = $1 limit 1",
                row -> true,
                event.runId())
            .isPresent();
    if (!accepted) {
      throw new UnreadableEventException("no such run: neither the ledger nor any worker knows it");
    }
    Job job = catalogue.find(event.job()).orElseThrow();
    ledger.adopt(
        transaction,
        job,
        new Trigger(
            event.runId(),
            job.id(),
            event.attempt(),
            Cause.MANUAL,
            null,
            null,
            event.at(),
            null,
            Map.of(),
            null,
            null));
  }

  private static Instant acceptedAt(List<LifecycleEvent> events) {
    return events.stream()
        .filter(event -> event.event() == LifecycleKind.ACCEPTED)
        .map(LifecycleEvent::at)
        .min(Instant::compareTo)
        .orElse(null);
  }
}

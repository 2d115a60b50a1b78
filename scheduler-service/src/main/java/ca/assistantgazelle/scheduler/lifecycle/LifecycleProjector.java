package ca.assistantgazelle.scheduler.lifecycle;

import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.contract.event.EventHeaders;
import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.contract.event.RunCause;
import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.contract.event.UnreadableEventException;
import ca.assistantgazelle.runtime.outbox.EventOutbox;
import ca.assistantgazelle.runtime.outbox.ServiceIdentity;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.RunFire;
import ca.assistantgazelle.scheduler.ledger.RunLedger;
import ca.assistantgazelle.scheduler.ledger.RunLocks;
import ca.assistantgazelle.scheduler.ledger.RunState;
import ca.assistantgazelle.scheduler.ledger.RunTimes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
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
 * Projects a batch of lifecycle events into attempts, their log rows and the resulting run states, in one transaction.
 */
@Singleton
public class LifecycleProjector {
    private final Database database;
    private final RunLedger ledger;
    private final AttemptStore attempts;
    private final SchedulerLogStore logs;
    private final RunTransition transition;
    private final JobCatalogue catalogue;
    private final Clock clock;

    LifecycleProjector(
            Database database,
            RunLedger ledger,
            AttemptStore attempts,
            SchedulerLogStore logs,
            RunTransition transition,
            JobCatalogue catalogue,
            Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.attempts = attempts;
        this.logs = logs;
        this.transition = transition;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** Creates a projector outside a CDI container, for simulations. */
    public static LifecycleProjector of(
            Database database,
            RunLedger ledger,
            EventOutbox outbox,
            JobCatalogue catalogue,
            ServiceIdentity service,
            Clock clock) {
        return new LifecycleProjector(
                database,
                ledger,
                new AttemptStore(),
                new SchedulerLogStore(),
                new RunTransition(outbox, catalogue, service, clock),
                catalogue,
                clock);
    }

    /** Independent of order and duplicates; a batch of known events writes nothing. */
    public void project(List<LifecycleEvent> events) {
        var byRun = events.stream()
                .filter(event -> !event.event().concernsRun())
                .collect(Collectors.groupingBy(LifecycleEvent::runId, LinkedHashMap::new, Collectors.toList()));
        if (!byRun.isEmpty()) {
            database.runInTransaction(transaction -> project(transaction, byRun));
        }
    }

    private void project(SqlQueries transaction, Map<UUID, List<LifecycleEvent>> byRun) {
        var runs = lockRuns(transaction, byRun);
        Map<AttemptState.AttemptKey, AttemptState> known = new HashMap<>();
        attempts.findByRuns(transaction, byRun.keySet()).forEach(attempt -> known.put(attempt.key(), attempt));
        var changed = new HashSet<AttemptState.AttemptKey>();
        byRun.values().forEach(events -> events.forEach(event -> fold(known, changed, event)));

        if (!changed.isEmpty()) {
            var states = changed.stream().map(known::get).toList();
            attempts.save(transaction, states);
            logs.save(
                    transaction,
                    states.stream()
                            .map(state -> SchedulerLogRow.of(runs.get(state.runId()), state))
                            .toList());
        }
        var ofRun = known.values().stream().collect(Collectors.groupingBy(AttemptState::runId));
        var after = new ArrayList<JobRun>();
        for (var run : runs.values()) {
            transition
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
            Map<AttemptState.AttemptKey, AttemptState> known,
            Set<AttemptState.AttemptKey> changed,
            LifecycleEvent event) {
        if (!AttemptState.isAttemptEvent(event)) {
            return;
        }
        var key = AttemptState.AttemptKey.of(event);
        var before = known.get(key);
        var after = before == null ? AttemptState.ofEvent(event) : before.fold(event);
        if (!after.equals(before)) {
            known.put(key, after);
            changed.add(key);
        }
    }

    private Map<UUID, JobRun> lockRuns(SqlQueries transaction, Map<UUID, List<LifecycleEvent>> byRun) {
        var ids = new ArrayList<>(byRun.keySet());
        var held = RunLocks.byId(transaction, ids);
        if (held.size() < ids.size()) {
            var present = held.stream().map(JobRun::runId).collect(Collectors.toSet());
            byRun.forEach((id, events) -> {
                if (!present.contains(id)) {
                    recordExternalRun(transaction, events.getFirst());
                }
            });
            held = RunLocks.byId(transaction, ids);
        }
        return held.stream().collect(Collectors.toMap(JobRun::runId, run -> run, (a, b) -> a, LinkedHashMap::new));
    }

    // A run whose trigger was published manually is recorded as its worker accepted it. A run that no worker accepted
    // would remain open.
    private void recordExternalRun(SqlQueries transaction, LifecycleEvent event) {
        var trigger = acceptedTrigger(transaction, event);
        requireJob(event, trigger.job());
        int attempts =
                catalogue.find(trigger.job()).map(JobDefinition::attempts).orElse(1);
        var state =
                RunState.queued("its trigger was not published by a scheduler", Math.max(attempts, event.attempt()));
        ledger.create(
                transaction,
                List.of(new JobRun(
                        trigger.runId(),
                        trigger.job(),
                        trigger.cause(),
                        RunFire.requested(trigger.scheduledFor(), trigger.notAfter()),
                        trigger.parameters(),
                        trigger.parentRunId(),
                        null,
                        state.withAttempt(event.attempt()),
                        RunTimes.NONE,
                        null,
                        EventHeaders.newTrace(),
                        clock.instant())));
    }

    private static TriggerEvent acceptedTrigger(SqlQueries transaction, LifecycleEvent event) {
        return transaction
                .first(
                        "select job, trigger::text as trigger from automation.accepted_attempt($1)",
                        row -> acceptedTrigger(event, row.getString("job"), row.getString("trigger")),
                        event.runId())
                .orElseThrow(
                        () -> new UnreadableEventException("unknown run: neither planned nor accepted by a worker"));
    }

    // A trigger that was cancelled before it was accepted is stored without content.
    private static TriggerEvent acceptedTrigger(LifecycleEvent event, String job, String json) {
        return json.equals("{}")
                ? new TriggerEvent(
                        event.runId(),
                        job,
                        event.attempt(),
                        RunCause.MANUAL,
                        null,
                        null,
                        event.at(),
                        null,
                        Map.of(),
                        null,
                        null)
                : EventJson.read(json.getBytes(StandardCharsets.UTF_8), TriggerEvent.class);
    }

    private static void requireJob(LifecycleEvent event, String job) {
        if (!event.job().equals(job)) {
            throw new UnreadableEventException(
                    "unknown job '%s': run %s belongs to job %s".formatted(event.job(), event.runId(), job));
        }
    }

    private static Instant acceptedAt(List<LifecycleEvent> events) {
        return events.stream()
                .filter(event -> event.event() == LifecycleEventType.ACCEPTED)
                .map(LifecycleEvent::at)
                .min(Instant::compareTo)
                .orElse(null);
    }
}

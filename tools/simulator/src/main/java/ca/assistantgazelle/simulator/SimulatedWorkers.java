package ca.assistantgazelle.simulator;

import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.worker.inbox.ClaimedAttempt;
import ca.assistantgazelle.worker.inbox.InboxStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.UUID;

/**
 * Simulates the workers: accepts every trigger at once, lets the attempt last as long as the scenario says, and reports
 * lifecycle events like real workers. A cancelled attempt acknowledges after two seconds, the longest time until its
 * next lease renewal.
 */
final class SimulatedWorkers {
    private static final String WORKER = "simulated";
    private static final Duration LEASE = Duration.ofDays(365);
    private static final Duration CANCEL_DELAY = Duration.ofSeconds(2);

    private final Database database;
    private final SimulationScenario scenario;
    private final PriorityQueue<LifecycleEvent> pendingEvents =
            new PriorityQueue<>(Comparator.comparing(LifecycleEvent::at));
    private final InboxStore inbox = new InboxStore();
    private final Map<UUID, ClaimedAttempt> claims = new LinkedHashMap<>();

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
        var rows = database.list(
                "delete from automation.outbox returning id, topic, payload",
                row -> new OutboxMessage(row.getLong(0), row.getString(1), row.getString(2)));
        var runEvents = new ArrayList<LifecycleEvent>();
        rows.stream().sorted(Comparator.comparingLong(OutboxMessage::id)).forEach(row -> {
            if (row.topic().startsWith("jobs.trigger.")) {
                startAttempt(EventJson.read(bytes(row), TriggerEvent.class), now);
            } else {
                runEvents.add(EventJson.read(bytes(row), LifecycleEvent.class));
            }
        });
        stopCancelled(now);
        return runEvents;
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
                inbox.release(database, claims.remove(event.runId()), "done");
            }
            due.add(event);
        }
        return due;
    }

    private void startAttempt(TriggerEvent trigger, Instant now) {
        if (!inbox.insert(database, WORKER, trigger, null, "waiting")) {
            return;
        }
        var claim = inbox.claim(database, WORKER, List.of(trigger.job()), WORKER, LEASE)
                .orElseThrow();
        claims.put(trigger.runId(), claim);
        var job = scenario.catalogue().find(trigger.job()).orElseThrow();
        pendingEvents.add(LifecycleEvent.of(
                trigger.runId(), trigger.job(), trigger.attempt(), 1, LifecycleEventType.ACCEPTED, now, WORKER));
        pendingEvents.add(claim.event(2, LifecycleEventType.STARTED, now, WORKER));
        pendingEvents.add(end(claim, job, now));
    }

    private LifecycleEvent end(ClaimedAttempt claim, JobDefinition job, Instant now) {
        var trigger = claim.trigger();
        var limit = job.hardLimit(trigger.parameters());
        var lasts = scenario.lasts(job);
        boolean cut = lasts.compareTo(limit) > 0;
        var end = now.plus(cut ? limit : lasts);
        if (cut) {
            var error = new RunError("TIME_LIMIT", true, "The attempt exceeded the hard limit of " + limit + ".", null);
            return claim.event(3, LifecycleEventType.TIMED_OUT, end, WORKER).withError(error);
        }
        if (scenario.succeeds(job, trigger.attempt())) {
            return claim.event(3, LifecycleEventType.SUCCEEDED, end, WORKER);
        }
        var error = new RunError("SIMULATED", true, "The attempt fails in this scenario.", null);
        return claim.event(3, LifecycleEventType.FAILED, end, WORKER).withError(error);
    }

    private void stopCancelled(Instant now) {
        claims.values().stream()
                .filter(claim -> inbox.renew(database, claim, LEASE) == InboxStore.LeaseRenewal.CANCEL_REQUESTED)
                .forEach(claim -> cancelAttempt(claim, now.plus(CANCEL_DELAY)));
    }

    private void cancelAttempt(ClaimedAttempt claim, Instant at) {
        var ending = pendingEvents.stream()
                .filter(event -> event.runId().equals(claim.trigger().runId()))
                .filter(event -> event.event().endsAttempt())
                .filter(event -> event.event() != LifecycleEventType.CANCELLED
                        && event.at().isAfter(at))
                .findFirst();
        ending.ifPresent(event -> {
            pendingEvents.remove(event);
            pendingEvents.add(claim.event(event.sequence(), LifecycleEventType.CANCELLED, at, WORKER)
                    .withError(RunError.cancelled("The attempt was cancelled.")));
        });
    }

    private static byte[] bytes(OutboxMessage row) {
        return row.payload().getBytes(StandardCharsets.UTF_8);
    }
}

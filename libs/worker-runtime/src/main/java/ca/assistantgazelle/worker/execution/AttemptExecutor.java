package ca.assistantgazelle.worker.execution;

import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.runtime.sql.PgNotificationListener;
import ca.assistantgazelle.runtime.task.PeriodicTask;
import ca.assistantgazelle.worker.inbox.AttemptInbox;
import ca.assistantgazelle.worker.inbox.AttemptInbox.Acceptance;
import ca.assistantgazelle.worker.inbox.ClaimedAttempt;
import ca.assistantgazelle.worker.inbox.InboxStore;
import ca.assistantgazelle.worker.inbox.WorkerConfig;
import ca.assistantgazelle.worker.outcome.OutcomeStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Claims accepted attempts, oldest first, while a slot is free, and runs each on a virtual thread. */
@Singleton
public class AttemptExecutor {
    private static final Logger LOG = Logger.getLogger(AttemptExecutor.class);
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private final AttemptInbox claims;
    private final OutcomeStore outcomes;
    private final WorkerConfig config;
    private final PgNotificationListener notifications;
    private final Clock clock;
    private final Map<String, JobHandler> handlers = new HashMap<>();
    private final Map<String, JobDefinition> jobs = new HashMap<>();
    private final Set<RunningAttempt> running = ConcurrentHashMap.newKeySet();
    private final Set<RunningAttempt> stuck = ConcurrentHashMap.newKeySet();
    private final AtomicInteger occupiedSlots = new AtomicInteger();
    private volatile boolean claimOutcomeUnknown;
    private volatile boolean closed;
    private volatile PeriodicTask claimTask;

    AttemptExecutor(
            AttemptInbox claims,
            OutcomeStore outcomes,
            JobCatalogue catalogue,
            WorkerConfig config,
            PgNotificationListener notifications,
            Clock clock,
            @All List<JobHandler> allHandlers,
            MeterRegistry meters) {
        this.claims = claims;
        this.outcomes = outcomes;
        this.config = config;
        this.notifications = notifications;
        this.clock = clock;
        // Handlers of jobs that are not in the catalogue are ignored.
        for (var handler : allHandlers) {
            for (var id : handler.jobIds()) {
                catalogue.find(id).ifPresent(job -> {
                    handlers.put(id, handler);
                    jobs.put(id, job);
                });
            }
        }
        meters.gaugeCollectionSize("gazelle.attempts.running", Tags.empty(), running);
        meters.gaugeCollectionSize("gazelle.attempts.stuck", Tags.empty(), stuck);
    }

    void onStartup(@Observes @Priority(4000) StartupEvent event) {
        claimTask = PeriodicTask.startDelayed("attempt executor", POLL_INTERVAL, this::claimNext);
        notifications.listen(InboxStore.CHANNEL, config.kind().id(), claimTask::wake);
        claimTask.wake();
    }

    /**
     * Stores a trigger in the inbox and, when a slot is free, starts the oldest waiting attempt.
     *
     * @param traceparent may be null
     */
    Acceptance accept(TriggerEvent trigger, String traceparent) {
        boolean hasSlot = reserveSlot();
        Optional<ClaimedAttempt> claimed = Optional.empty();
        try {
            var result = claims.accept(trigger, traceparent, handlers.keySet(), hasSlot);
            claimed = result.claimed();
            if (result.leavesWaiting(trigger)) {
                // A slot may have become free since it was looked for.
                wake();
            }
            return result.acceptance();
        } catch (RuntimeException e) {
            claimOutcomeUnknown = true;
            throw e;
        } finally {
            startOrRelease(claimed, hasSlot);
        }
    }

    // A claim whose commit succeeded but whose answer was lost is an attempt of this process that nobody runs.
    private void startUnknownClaims() {
        if (!claimOutcomeUnknown || !isSettled()) {
            return;
        }
        claimOutcomeUnknown = false;
        var before = fences();
        var own = claims.ownClaims();
        // With all slots settled, every claim that this process knows of is running, was, or is stuck.
        if (!isSettled()) {
            claimOutcomeUnknown = true;
            return;
        }
        var after = fences();
        for (var claim : own) {
            boolean known = before.contains(claim.fence()) || after.contains(claim.fence());
            if (!known && claims.renew(claim) != InboxStore.LeaseRenewal.LOST && reserveSlot()) {
                LOG.infof(
                        "run %s attempt %d: starting a claim whose confirmation was lost",
                        claim.trigger().runId(), claim.trigger().attempt());
                start(claim);
            }
        }
    }

    private Set<Long> fences() {
        return Stream.concat(running.stream(), stuck.stream())
                .map(RunningAttempt::fence)
                .collect(Collectors.toSet());
    }

    private boolean claimNext() {
        startUnknownClaims();
        if (!reserveSlot()) {
            return false;
        }
        Optional<ClaimedAttempt> claimed = Optional.empty();
        try {
            claimed = claims.claimNext(handlers.keySet());
            return claimed.isPresent();
        } catch (RuntimeException e) {
            claimOutcomeUnknown = true;
            throw e;
        } finally {
            startOrRelease(claimed, true);
        }
    }

    private void startOrRelease(Optional<ClaimedAttempt> claimed, boolean hasSlot) {
        if (claimed.isPresent()) {
            start(claimed.get());
        } else if (hasSlot) {
            occupiedSlots.decrementAndGet();
        }
    }

    /** Stops claiming attempts; running ones continue. */
    void stopClaiming() {
        closed = true;
        claimTask.close();
    }

    /** The attempts that are running. */
    Set<RunningAttempt> running() {
        return running;
    }

    /** Whether every occupied slot has a running attempt, so that none is about to start. */
    boolean isSettled() {
        return occupiedSlots.get() == running.size() + stuck.size();
    }

    /** Number of slots that are lost to attempts that ignored an interrupt. */
    int stuckSlots() {
        return stuck.size();
    }

    private void abandon(RunningAttempt attempt) {
        // The attempt may have ended since.
        if (running.remove(attempt)) {
            stuck.add(attempt);
        }
    }

    // A slot is reserved before an attempt is claimed, so that every claimed attempt can be run.
    private boolean reserveSlot() {
        int taken = occupiedSlots.get();
        while (claimTask != null && !closed && taken < config.slots()) {
            if (occupiedSlots.compareAndSet(taken, taken + 1)) {
                return true;
            }
            taken = occupiedSlots.get();
        }
        return false;
    }

    // Triggers may arrive before the task is started; it then looks for waiting attempts itself.
    private void wake() {
        var task = claimTask;
        if (task != null) {
            task.wake();
        }
    }

    private void start(ClaimedAttempt claim) {
        var trigger = claim.trigger();
        var attempt = new RunningAttempt(
                claim, jobs.get(trigger.job()), claims, outcomes, clock, config.stopTimeout(), this::abandon);
        running.add(attempt);
        Thread.ofVirtual().name("run " + trigger.runId()).start(() -> {
            try {
                attempt.run(handlers.get(trigger.job()));
            } finally {
                running.remove(attempt);
                stuck.remove(attempt);
                occupiedSlots.decrementAndGet();
                wake();
            }
        });
    }
}

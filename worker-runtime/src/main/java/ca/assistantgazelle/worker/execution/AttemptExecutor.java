package ca.assistantgazelle.worker.execution;

import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.runtime.task.PeriodicTask;
import ca.assistantgazelle.worker.inbox.AttemptClaims;
import ca.assistantgazelle.worker.inbox.AttemptSlots;
import ca.assistantgazelle.worker.inbox.ClaimedAttempt;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Claims accepted attempts, oldest first, while a slot is free, and runs each on a virtual thread.
 */
@Singleton
public class AttemptExecutor implements AttemptSlots {
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

  private final AttemptClaims claims;
  private final OutcomeStore outcomes;
  private final WorkerConfig config;
  private final Clock clock;
  private final Map<String, JobHandler> handlers = new HashMap<>();
  private final Map<String, JobDefinition> jobs = new HashMap<>();
  private final Set<RunningAttempt> running = ConcurrentHashMap.newKeySet();
  private final AtomicInteger occupiedSlots = new AtomicInteger();
  private volatile boolean closed;
  private PeriodicTask claimLoop;

  AttemptExecutor(
      AttemptClaims claims,
      OutcomeStore outcomes,
      JobCatalogue catalogue,
      WorkerConfig config,
      Clock clock,
      @All List<JobHandler> written,
      MeterRegistry meters) {
    this.claims = claims;
    this.outcomes = outcomes;
    this.config = config;
    this.clock = clock;
    // Handlers of jobs that are not in the catalogue are ignored.
    for (var handler : written) {
      for (var id : handler.jobIds()) {
        catalogue
            .find(id)
            .ifPresent(
                job -> {
                  handlers.put(id, handler);
                  jobs.put(id, job);
                });
      }
    }
    meters.gaugeCollectionSize("gazelle.attempts.running", Tags.empty(), running);
  }

  void onStartup(@Observes @Priority(4000) StartupEvent event) {
    claimLoop = PeriodicTask.startDelayed("attempt executor", POLL_INTERVAL, claims::claimNext);
    claims.register(this, handlers.keySet());
    claimLoop.wake();
  }

  /** Stops claiming attempts; running ones continue. */
  void stopClaiming() {
    closed = true;
    claimLoop.close();
  }

  /** The attempts that are running. */
  Set<RunningAttempt> running() {
    return running;
  }

  /** Whether every occupied slot has a running attempt, so that none is about to start. */
  boolean isSettled() {
    return occupiedSlots.get() == running.size();
  }

  @Override
  public boolean reserve() {
    int taken = occupiedSlots.get();
    while (!closed && taken < config.slots()) {
      if (occupiedSlots.compareAndSet(taken, taken + 1)) {
        return true;
      }
      taken = occupiedSlots.get();
    }
    return false;
  }

  @Override
  public void release() {
    occupiedSlots.decrementAndGet();
  }

  @Override
  public void wake() {
    claimLoop.wake();
  }

  @Override
  public void start(ClaimedAttempt claim) {
    var trigger = claim.trigger();
    var attempt = new RunningAttempt(claim, jobs.get(trigger.job()), claims, outcomes, clock);
    running.add(attempt);
    Thread.ofVirtual()
        .name("run " + trigger.runId())
        .start(
            () -> {
              try {
                attempt.run(handlers.get(trigger.job()));
              } finally {
                running.remove(attempt);
                release();
                wake();
              }
            });
  }
}

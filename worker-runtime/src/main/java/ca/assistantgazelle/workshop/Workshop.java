package ca.assistantgazelle.workshop;

import ca.assistantgazelle.catalogue.Job;
import ca.assistantgazelle.catalogue.JobCatalogue;
import ca.assistantgazelle.desk.Assignment;
import ca.assistantgazelle.desk.Claims;
import ca.assistantgazelle.desk.Taker;
import ca.assistantgazelle.desk.WorkerConfig;
import ca.assistantgazelle.loop.Loop;
import ca.assistantgazelle.receipt.Receipt;
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
 * Room 5: as long as a slot is free, claims the oldest accepted attempt and runs it on a virtual
 * thread.
 */
@Singleton
public class Workshop implements Taker {
  private static final Duration POLL = Duration.ofSeconds(1);

  private final Claims claims;
  private final Receipt receipt;
  private final WorkerConfig config;
  private final Clock clock;
  private final Map<String, JobCode> codes = new HashMap<>();
  private final Map<String, Job> jobs = new HashMap<>();
  private final Set<Attempt> running = ConcurrentHashMap.newKeySet();
  private final AtomicInteger occupied = new AtomicInteger();
  private volatile boolean closed;
  private Loop claiming;

  Workshop(
      Claims claims,
      Receipt receipt,
      JobCatalogue catalogue,
      WorkerConfig config,
      Clock clock,
      @All List<JobCode> written,
      MeterRegistry meters) {
    this.claims = claims;
    this.receipt = receipt;
    this.config = config;
    this.clock = clock;
    // What the catalogue does not have is nobody's to run.
    for (var code : written) {
      for (var id : code.jobs()) {
        catalogue
            .find(id)
            .ifPresent(
                job -> {
                  codes.put(id, code);
                  jobs.put(id, job);
                });
      }
    }
    meters.gaugeCollectionSize("gazelle.attempts.running", Tags.empty(), running);
  }

  void open(@Observes @Priority(4000) StartupEvent event) {
    claiming = Loop.startRested("workshop", POLL, claims::next);
    claims.give(this, codes.keySet());
    claiming.wake();
  }

  /** No further attempt is claimed; those that run go on. */
  void stopClaiming() {
    closed = true;
    claiming.close();
  }

  /** The attempts that run now. */
  Set<Attempt> running() {
    return running;
  }

  /** Whether nothing is about to begin: every slot that is taken has its attempt. */
  boolean isSettled() {
    return occupied.get() == running.size();
  }

  @Override
  public boolean reserve() {
    int taken = occupied.get();
    while (!closed && taken < config.slots()) {
      if (occupied.compareAndSet(taken, taken + 1)) {
        return true;
      }
      taken = occupied.get();
    }
    return false;
  }

  @Override
  public void release() {
    occupied.decrementAndGet();
  }

  @Override
  public void wake() {
    claiming.wake();
  }

  @Override
  public void start(Assignment assignment) {
    var trigger = assignment.trigger();
    var attempt = new Attempt(assignment, jobs.get(trigger.job()), claims, receipt, clock);
    running.add(attempt);
    Thread.ofVirtual()
        .name("run " + trigger.runId())
        .start(
            () -> {
              try {
                attempt.run(codes.get(trigger.job()));
              } finally {
                running.remove(attempt);
                release();
                wake();
              }
            });
  }
}

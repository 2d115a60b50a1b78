package ca.assistantgazelle.workshop;

import ca.assistantgazelle.catalogue.Job;
import ca.assistantgazelle.desk.Assignment;
import ca.assistantgazelle.desk.Claims;
import ca.assistantgazelle.event.LifecycleKind;
import ca.assistantgazelle.event.Trigger;
import ca.assistantgazelle.loop.Loop;
import ca.assistantgazelle.receipt.Receipt;
import ca.assistantgazelle.sql.Patience;
import ca.assistantgazelle.sql.Queries;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * One attempt from its claim to its outcome: opened, run under a renewed lease, and closed whatever
 * happened inside.
 */
final class Attempt implements Workbench {
  private static final Logger LOG = Logger.getLogger(Attempt.class);
  private static final Duration PROGRESS_PERIOD = Duration.ofSeconds(1);

  private final Assignment assignment;
  private final Job job;
  private final Claims claims;
  private final Receipt receipt;
  private final Clock clock;
  private final RunLog log;

  /**
   * One transaction of the attempt at a time, renewals of its lease included: transactions that
   * share the inbox row one after the other could keep a renewal waiting until the lease is over.
   */
  private final ReentrantLock writing = new ReentrantLock(true);

  private final AtomicReference<StopReason> stopReason = new AtomicReference<>();
  private volatile Thread thread;
  private volatile boolean finished;
  private boolean slow;
  private Instant lastProgress = Instant.EPOCH;

  Attempt(Assignment assignment, Job job, Claims claims, Receipt receipt, Clock clock) {
    this.assignment = assignment;
    this.job = job;
    this.claims = claims;
    this.receipt = receipt;
    this.clock = clock;
    this.log = new RunLog(trigger().runId(), trigger().job(), trigger().attempt(), clock);
  }

  /** Runs the job's code to its end on the calling thread and closes the attempt. */
  void run(JobCode code) {
    thread = Thread.currentThread();
    if (stopReason.get() != null) {
      // Told to stop before there was anybody to interrupt.
      thread.interrupt();
    }
    Receipt.News outcome;
    try (var renewal =
        Loop.startRested(
            "lease of run " + trigger().runId(), claims.renewalPeriod(), this::renew)) {
      outcome = outcome(code);
      finished = true;
      renewal.wake();
    }
    // An interrupt that came too late to stop the work must not stop its outcome either.
    Thread.interrupted();
    close(outcome);
  }

  /** Asks the job's code to stop. The first reason counts. */
  void stop(StopReason reason) {
    if (!finished && stopReason.compareAndSet(null, reason) && thread != null) {
      log.warn("told to stop: %s", reason);
      thread.interrupt();
    }
  }

  Job job() {
    return job;
  }

  @Override
  public Trigger trigger() {
    return assignment.trigger();
  }

  @Override
  public Instant startedAt() {
    return assignment.startedAt();
  }

  @Override
  public RunLog log() {
    return log;
  }

  @Override
  public <T> T write(Function<Queries, T> work) {
    writing.lock();
    try {
      return claims.write(assignment, work);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public Queries read() {
    return claims.read();
  }

  @Override
  public synchronized void progress(
      Map<String, Map<String, Long>> counts, Map<String, Object> details) {
    var now = clock.instant();
    if (Duration.between(lastProgress, now).compareTo(PROGRESS_PERIOD) >= 0) {
      lastProgress = now;
      var news = new Receipt.News(LifecycleKind.PROGRESS, counts, details, null, List.of());
      writing.lock();
      try {
        receipt.progress(assignment, news);
      } catch (RuntimeException e) {
        // News of how far it is may get lost; the work it speaks of is stored.
        log.warn("progress could not be told: %s", Patience.reason(e));
      } finally {
        writing.unlock();
      }
    }
  }

  private Receipt.News outcome(JobCode code) {
    try {
      log.info("started with %s", trigger().parameters());
      var result = code.run(this);
      log.info("done: %s", result.counts());
      return new Receipt.News(
          LifecycleKind.SUCCEEDED, result.counts(), result.details(), null, log.tail());
    } catch (JobFailedException e) {
      return failed(e, e.soFar());
    } catch (InterruptedException | RuntimeException | Error e) {
      return failed(e, new JobResult(Map.of(), Map.of()));
    }
  }

  private Receipt.News failed(Throwable e, JobResult soFar) {
    // The interrupt has done its work; closing the attempt must not trip over it.
    Thread.interrupted();
    var stopped = stopReason.get();
    var kind = kind(stopped);
    var error = Failures.error(e, stopped, job.hardLimit(trigger().parameters()));
    log.warn("%s: %s: %s", kind, error.errorClass(), error.message());
    LOG.debugf(e, "run %s", trigger().runId());
    return new Receipt.News(kind, soFar.counts(), soFar.details(), error, log.tail());
  }

  private static LifecycleKind kind(StopReason stopped) {
    return switch (stopped) {
      case SHUTDOWN -> LifecycleKind.INTERRUPTED;
      case TIME_LIMIT -> LifecycleKind.TIMED_OUT;
      case CANCELLED -> LifecycleKind.CANCELLED;
      case FENCE_LOST -> LifecycleKind.FAILED;
      case null -> LifecycleKind.FAILED;
    };
  }

  private void close(Receipt.News outcome) {
    if (stopReason.get() == StopReason.FENCE_LOST || !receipt.close(assignment, outcome)) {
      LOG.warnf(
          "run %s attempt %d: the outcome %s is dropped, another worker has the attempt",
          trigger().runId(), trigger().attempt(), outcome.kind());
    }
  }

  private boolean renew() {
    watchTime(Duration.between(assignment.startedAt(), clock.instant()));
    writing.lock();
    try {
      switch (claims.renew(assignment)) {
        case CANCEL_REQUESTED -> stop(StopReason.CANCELLED);
        case LOST -> stop(StopReason.FENCE_LOST);
        case OURS -> {}
      }
    } finally {
      writing.unlock();
    }
    return false;
  }

  private void watchTime(Duration sofar) {
    if (!slow && sofar.compareTo(job.expected()) > 0) {
      slow = true;
      log.warn("still running after the usual %s", job.expected());
    }
    if (sofar.compareTo(job.hardLimit(trigger().parameters())) > 0) {
      stop(StopReason.TIME_LIMIT);
    }
  }
}

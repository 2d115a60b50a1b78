package ca.assistantgazelle.worker.execution;

import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.runtime.task.PeriodicTask;
import ca.assistantgazelle.worker.inbox.AttemptInbox;
import ca.assistantgazelle.worker.inbox.ClaimedAttempt;
import ca.assistantgazelle.worker.outcome.OutcomeStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** One attempt from its claim to its outcome: runs the job while renewing the lease, and always stores an outcome. */
final class RunningAttempt implements JobContext {
    private static final Logger LOG = Logger.getLogger(RunningAttempt.class);
    private static final Duration PROGRESS_PERIOD = Duration.ofSeconds(1);

    private final ClaimedAttempt claim;
    private final JobDefinition job;
    private final AttemptInbox claims;
    private final OutcomeStore outcomes;
    private final Clock clock;
    private final RunLog log;

    /**
     * Serialises the transactions of the attempt, including lease renewals: back-to-back transactions holding the inbox
     * row could otherwise delay a renewal until the lease expires. The lock is fair.
     */
    private final ReentrantLock transactionLock = new ReentrantLock(true);

    private final AtomicReference<StopReason> stopReason = new AtomicReference<>();
    private final Duration stopTimeout;
    private final Consumer<RunningAttempt> onAbandoned;
    private volatile Thread thread;
    private volatile boolean finished;
    private volatile boolean abandoned;
    private volatile long interruptedAt;
    private boolean warnedSlow;
    private Instant lastProgress = Instant.EPOCH;

    /**
     * @param stopTimeout how long the job may go on after an interrupt
     * @param onAbandoned called once if it goes on for longer
     */
    RunningAttempt(
            ClaimedAttempt claim,
            JobDefinition job,
            AttemptInbox claims,
            OutcomeStore outcomes,
            Clock clock,
            Duration stopTimeout,
            Consumer<RunningAttempt> onAbandoned) {
        this.stopTimeout = stopTimeout;
        this.onAbandoned = onAbandoned;
        this.claim = claim;
        this.job = job;
        this.claims = claims;
        this.outcomes = outcomes;
        this.clock = clock;
        this.log = new RunLog(trigger().runId(), trigger().job(), trigger().attempt(), clock);
    }

    /** Runs the job on the calling thread and stores the outcome of the attempt. */
    void run(JobHandler handler) {
        thread = Thread.currentThread();
        if (stopReason.get() != null) {
            // Stopped before there was a thread to interrupt.
            interruptedAt = System.nanoTime();
            thread.interrupt();
        }
        OutcomeStore.JobOutcome outcome;
        try (var renewal = PeriodicTask.startDelayed(
                "lease renewal of run " + trigger().runId(), claims.renewalPeriod(), this::renew)) {
            outcome = execute(handler);
            finished = true;
            renewal.wake();
        }
        // An interrupt that arrived after the work ended must not prevent storing the outcome.
        Thread.interrupted();
        if (!abandoned) {
            storeOutcome(outcome);
        }
    }

    /** Interrupts the job. Only the first reason counts. */
    void stop(StopReason reason) {
        if (!finished && stopReason.compareAndSet(null, reason) && thread != null) {
            log.warn("stopping: %s", reason);
            interruptedAt = System.nanoTime();
            thread.interrupt();
        }
    }

    long fence() {
        return claim.fence();
    }

    JobDefinition job() {
        return job;
    }

    @Override
    public TriggerEvent trigger() {
        return claim.trigger();
    }

    @Override
    public Instant startedAt() {
        return claim.startedAt();
    }

    @Override
    public RunLog log() {
        return log;
    }

    @Override
    public <T> T write(Function<SqlQueries, T> work) {
        transactionLock.lock();
        try {
            return claims.write(claim, work);
        } finally {
            transactionLock.unlock();
        }
    }

    @Override
    public SqlQueries read() {
        return claims.read();
    }

    @Override
    public synchronized void reportProgress(Map<String, Map<String, Long>> counts, Map<String, Object> details) {
        var now = clock.instant();
        if (Duration.between(lastProgress, now).compareTo(PROGRESS_PERIOD) >= 0) {
            lastProgress = now;
            var outcome = new OutcomeStore.JobOutcome(LifecycleEventType.PROGRESS, counts, details, null, List.of());
            transactionLock.lock();
            try {
                outcomes.storeProgress(claim, outcome);
            } catch (RuntimeException e) {
                // Progress events are best effort; the work itself is stored.
                log.warn("failed to report progress: %s", DatabaseRetry.describe(e));
            } finally {
                transactionLock.unlock();
            }
        }
    }

    private OutcomeStore.JobOutcome execute(JobHandler handler) {
        try {
            log.info("started with parameters %s", trigger().parameters());
            var result = handler.run(this);
            log.info("completed: %s", result.counts());
            return new OutcomeStore.JobOutcome(
                    LifecycleEventType.SUCCEEDED, result.counts(), result.details(), null, log.tail());
        } catch (JobFailedException e) {
            return failure(e, e.partialResult());
        } catch (InterruptedException | RuntimeException | Error e) {
            return failure(e, new JobResult(Map.of(), Map.of()));
        }
    }

    private OutcomeStore.JobOutcome failure(Throwable e, JobResult soFar) {
        // Clear the interrupt, so that it does not disturb storing the outcome.
        Thread.interrupted();
        var stopped = stopReason.get();
        var kind = kind(stopped);
        var error = RunErrors.of(e, stopped, job.hardLimit(trigger().parameters()));
        log.warn("%s: %s: %s", kind, error.errorClass(), error.message());
        LOG.debugf(e, "run %s", trigger().runId());
        return new OutcomeStore.JobOutcome(kind, soFar.counts(), soFar.details(), error, log.tail());
    }

    private static LifecycleEventType kind(StopReason stopped) {
        return switch (stopped) {
            case SHUTDOWN -> LifecycleEventType.INTERRUPTED;
            case TIME_LIMIT -> LifecycleEventType.TIMED_OUT;
            case CANCELLED -> LifecycleEventType.CANCELLED;
            case LEASE_LOST -> LifecycleEventType.FAILED;
            case null -> LifecycleEventType.FAILED;
        };
    }

    private void storeOutcome(OutcomeStore.JobOutcome outcome) {
        if (stopReason.get() == StopReason.LEASE_LOST || !outcomes.storeOutcome(claim, outcome)) {
            LOG.warnf(
                    "run %s attempt %d: discarded the outcome %s: the attempt no longer belongs to this worker",
                    trigger().runId(), trigger().attempt(), outcome.kind());
        }
    }

    // The job does not react to the interrupt: its outcome is stored for it, after which it can write nothing.
    private boolean isUnresponsive() {
        return interruptedAt != 0 && System.nanoTime() - interruptedAt > stopTimeout.toNanos();
    }

    private void abandon() {
        abandoned = true;
        var stopped = stopReason.get();
        var error = RunErrors.unresponsive(
                stopped,
                stopTimeout,
                RunErrors.of(
                        new InterruptedException(),
                        stopped,
                        job.hardLimit(trigger().parameters())));
        LOG.errorf(
                "run %s job %s attempt %d: %s",
                trigger().runId(), trigger().job(), trigger().attempt(), error.message());
        try {
            storeOutcome(new OutcomeStore.JobOutcome(kind(stopped), Map.of(), Map.of(), error, log.tail()));
        } finally {
            onAbandoned.accept(this);
        }
    }

    private boolean renew() {
        if (abandoned) {
            return false;
        }
        if (isUnresponsive()) {
            abandon();
            return false;
        }
        checkTimeLimits(Duration.between(claim.startedAt(), clock.instant()));
        transactionLock.lock();
        try {
            switch (claims.renew(claim)) {
                case CANCEL_REQUESTED -> stop(StopReason.CANCELLED);
                case LOST -> stop(StopReason.LEASE_LOST);
                case RENEWED -> {}
            }
        } finally {
            transactionLock.unlock();
        }
        return false;
    }

    private void checkTimeLimits(Duration elapsed) {
        if (!warnedSlow && elapsed.compareTo(job.expectedDuration()) > 0) {
            warnedSlow = true;
            log.warn("running longer than expected (%s)", job.expectedDuration());
        }
        if (elapsed.compareTo(job.hardLimit(trigger().parameters())) > 0) {
            stop(StopReason.TIME_LIMIT);
        }
    }
}

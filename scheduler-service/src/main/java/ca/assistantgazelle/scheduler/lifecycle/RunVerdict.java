package ca.assistantgazelle.scheduler.lifecycle;

import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;

/**
 * Decides the state of a run from the states of its attempts. Only {@code success} is final, and retries are decided
 * only here.
 */
sealed interface RunVerdict {
    /** The run stays open. */
    record StillOpen(RunStatus status) implements RunVerdict {}

    /** An attempt succeeded. */
    record RunSucceeded(AttemptState attempt) implements RunVerdict {}

    /** The attempt failed with a retryable error and attempts remain: the next one starts later. */
    record RetryLater(AttemptState failed, Instant at) implements RunVerdict {}

    /** The run was cancelled. */
    record RunCancelled(AttemptState attempt) implements RunVerdict {}

    /** The run failed; there is no further attempt. */
    record GivenUp(AttemptState attempt) implements RunVerdict {}

    /**
     * A retry is due {@code retryDelay} after the end of a failed attempt, and immediately after a LOST one, which
     * counts as an attempt. See docs/adr/0003-the-scheduler-alone-retries.md.
     *
     * @param retryDelay of the run's job
     */
    static RunVerdict of(JobRun run, Collection<AttemptState> attempts, Duration retryDelay) {
        var success = attempts.stream()
                .filter(attempt -> attempt.kind() == LifecycleEventType.SUCCEEDED)
                .findFirst();
        if (success.isPresent()) {
            return new RunSucceeded(success.get());
        }
        var latest = attempts.stream()
                .max(Comparator.comparingInt(AttemptState::attempt).thenComparingLong(AttemptState::fence));
        if (latest.isEmpty() || latest.get().attempt() < run.state().attempt()) {
            return new StillOpen(RunStatus.QUEUED);
        }
        var attempt = latest.get();
        return switch (attempt.kind()) {
            case STARTED, PROGRESS -> new StillOpen(RunStatus.RUNNING);
            case INTERRUPTED -> new StillOpen(RunStatus.QUEUED);
            case CANCELLED -> new RunCancelled(attempt);
            case LOST, FAILED, TIMED_OUT -> afterFailure(run, attempt, retryDelay);
            case ACCEPTED, SUCCEEDED, RUN_FAILED, RUN_OVERDUE, RUN_RECOVERED, UNKNOWN -> new StillOpen(run.status());
        };
    }

    private static RunVerdict afterFailure(JobRun run, AttemptState attempt, Duration retryDelay) {
        if (run.state().cancelledBy() != null) {
            return new RunCancelled(attempt);
        }
        boolean mayPass = attempt.error() == null || attempt.error().retryable();
        if (!mayPass || attempt.attempt() >= run.state().maxAttempts()) {
            return new GivenUp(attempt);
        }
        var delay = attempt.kind() == LifecycleEventType.LOST ? Duration.ZERO : retryDelay;
        return new RetryLater(attempt, attempt.finishedAt().plus(delay));
    }
}

package ca.assistantgazelle.scheduler.ledger;

import java.time.Instant;

/**
 * When a run was accepted, started and finished; each null until then.
 *
 * @param nextAttemptAt when the next attempt is due; null unless the run waits for a retry
 */
public record RunTimes(Instant acceptedAt, Instant startedAt, Instant finishedAt, Instant nextAttemptAt) {
    static final RunTimes NONE = new RunTimes(null, null, null, null);

    RunTimes accepted(Instant at) {
        return acceptedAt == null ? new RunTimes(at, startedAt, finishedAt, nextAttemptAt) : this;
    }

    RunTimes started(Instant at) {
        return new RunTimes(acceptedAt, at, finishedAt, nextAttemptAt);
    }

    RunTimes finished(Instant at) {
        return new RunTimes(acceptedAt, startedAt, at, null);
    }

    RunTimes retryAt(Instant at) {
        return new RunTimes(acceptedAt, startedAt, null, at);
    }
}

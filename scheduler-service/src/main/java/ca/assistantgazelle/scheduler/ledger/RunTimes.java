package ca.assistantgazelle.scheduler.ledger;

import java.time.Instant;

/**
 * When a run was accepted, started and finished; each null until then.
 *
 * @param republishedAt when the events of the open attempt were published again; null if they were not
 * @param nextAttemptAt when the next attempt is due; null unless the run waits for a retry
 */
public record RunTimes(
        Instant acceptedAt, Instant startedAt, Instant finishedAt, Instant nextAttemptAt, Instant republishedAt) {
    public static final RunTimes NONE = new RunTimes(null, null, null, null, null);

    RunTimes accepted(Instant at) {
        return acceptedAt == null ? new RunTimes(at, startedAt, finishedAt, nextAttemptAt, republishedAt) : this;
    }

    RunTimes started(Instant at) {
        return new RunTimes(acceptedAt, at, finishedAt, nextAttemptAt, republishedAt);
    }

    RunTimes finished(Instant at) {
        return new RunTimes(acceptedAt, startedAt, at, null, null);
    }

    RunTimes retryAt(Instant at) {
        return new RunTimes(acceptedAt, startedAt, null, at, null);
    }

    RunTimes republished(Instant at) {
        return new RunTimes(acceptedAt, startedAt, finishedAt, nextAttemptAt, at);
    }
}

package ca.assistantgazelle.scheduler.lifecycle;

import ca.assistantgazelle.contract.digest.ContentDigests;
import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.contract.event.RunError;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * State of one attempt of a run. Folding events into it gives the same result in any order and with any number of
 * duplicates: the highest sequence determines the state until the attempt ends; of several final events, the one with
 * the lowest sequence wins.
 *
 * @param kind of the event that determines the state
 * @param finishedAt null while it is running
 */
record AttemptState(
        UUID runId,
        int attempt,
        long fence,
        String worker,
        LifecycleEventType kind,
        Instant startedAt,
        Instant finishedAt,
        int lastSequence,
        Map<String, Map<String, Long>> counts,
        Map<String, Object> details,
        RunError error,
        List<String> logTail) {
    /** Identity of an attempt; after a handover, the same attempt number exists with two fences. */
    record AttemptKey(UUID runId, int attempt, long fence) {
        static AttemptKey of(LifecycleEvent event) {
            return new AttemptKey(event.runId(), event.attempt(), event.fence());
        }
    }

    /** Whether the event concerns an attempt; acceptance and run events do not. */
    static boolean isAttemptEvent(LifecycleEvent event) {
        return event.event().endsAttempt()
                || event.event() == LifecycleEventType.STARTED
                || event.event() == LifecycleEventType.PROGRESS;
    }

    static AttemptState ofEvent(LifecycleEvent event) {
        return new AttemptState(
                event.runId(),
                event.attempt(),
                event.fence(),
                event.worker(),
                event.event(),
                startOf(event),
                event.event().endsAttempt() ? event.at() : null,
                event.sequence(),
                event.counts(),
                event.details(),
                event.error(),
                event.logTail());
    }

    AttemptState fold(LifecycleEvent event) {
        var earliest = startOf(event).isBefore(startedAt) ? startOf(event) : startedAt;
        boolean speaks = event.event().endsAttempt()
                ? !hasEnded() || event.sequence() < lastSequence
                : !hasEnded() && event.sequence() > lastSequence;
        if (!speaks) {
            return earliest.equals(startedAt) ? this : withStart(earliest);
        }
        var next = ofEvent(event).withStart(earliest);
        return event.event() == LifecycleEventType.LOST ? next.withProgressOf(this) : next;
    }

    boolean hasEnded() {
        return kind.endsAttempt();
    }

    AttemptKey key() {
        return new AttemptKey(runId, attempt, fence);
    }

    /** Deterministic id of its row in scheduler_logs, so that writing it again is an update. */
    UUID logId() {
        return ContentDigests.nameUuid(runId + ":" + attempt + ":" + fence);
    }

    private AttemptState withStart(Instant start) {
        return new AttemptState(
                runId, attempt, fence, worker, kind, start, finishedAt, lastSequence, counts, details, error, logTail);
    }

    // A LOST event carries no results: keep what the attempt last reported.
    private AttemptState withProgressOf(AttemptState before) {
        return new AttemptState(
                runId,
                attempt,
                fence,
                before.worker,
                kind,
                startedAt,
                finishedAt,
                lastSequence,
                before.counts,
                before.details,
                error,
                before.logTail);
    }

    private static Instant startOf(LifecycleEvent event) {
        return event.startedAt() == null ? event.at() : event.startedAt();
    }
}

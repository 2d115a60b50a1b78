package ca.assistantgazelle.contract.event;

import ca.assistantgazelle.contract.value.PlausibleTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A lifecycle event of an attempt or of a run. Topic {@code jobs.lifecycle.v1}, key = run id. Readers tolerate
 * reordering and duplicates: {@code sequence} orders the events of one attempt.
 *
 * @param runId never null
 * @param job never null
 * @param attempt numbered from 1
 * @param sequence position within the attempt, from 1
 * @param event what happened, never null
 * @param at when, by the publisher's clock, never null
 * @param worker name of the process that published it; may be null
 * @param fence fencing token of the attempt; 0 before it was claimed
 * @param startedAt when the job's code was started; null before that
 * @param counts per entity, per verb ({@code fetched}, {@code inserted} …), never null
 * @param details other data reported by the job, never null
 * @param error set when the attempt did not succeed, else null
 * @param logTail last lines of the attempt's log, redacted, never null
 */
public record LifecycleEvent(
        UUID runId,
        String job,
        int attempt,
        int sequence,
        LifecycleEventType event,
        Instant at,
        String worker,
        long fence,
        Instant startedAt,
        Map<String, Map<String, Long>> counts,
        Map<String, Object> details,
        RunError error,
        List<String> logTail) {
    public static final String TYPE = "ca.assistantgazelle.lifecycle.v1";

    private static final int RUN_FAILED_SEQUENCE = 1_000_000;

    public LifecycleEvent {
        RequiredEventFields.value(runId, "runId");
        RequiredEventFields.text(job, "job");
        RequiredEventFields.attempt(attempt);
        RequiredEventFields.atLeast(1, sequence, "sequence");
        RequiredEventFields.value(event, "event");
        RequiredEventFields.value(at, "at");
        RequiredEventFields.plausible(at, "at");
        RequiredEventFields.plausible(startedAt, "startedAt");
        counts = counts == null ? Map.of() : Map.copyOf(counts);
        details = details == null ? Map.of() : details;
        logTail = logTail == null ? List.of() : List.copyOf(logTail);
    }

    /** An event without results; {@code worker} may be null. */
    public static LifecycleEvent of(
            UUID runId, String job, int attempt, int sequence, LifecycleEventType event, Instant at, String worker) {
        return new LifecycleEvent(
                runId, job, attempt, sequence, event, at, worker, 0, null, Map.of(), Map.of(), null, List.of());
    }

    /** A run was given up by the scheduler; not numbered among the events of the attempt. */
    public static LifecycleEvent runFailed(
            UUID runId, String job, int attempt, Instant at, String publisher, RunError error) {
        return of(runId, job, attempt, RUN_FAILED_SEQUENCE, LifecycleEventType.RUN_FAILED, at, publisher)
                .withError(error);
    }

    /** The same event of an attempt that was claimed under this fence. */
    public LifecycleEvent withClaim(long newFence, Instant started) {
        return new LifecycleEvent(
                runId, job, attempt, sequence, event, at, worker, newFence, started, counts, details, error, logTail);
    }

    /** The same event with an error; null = none. */
    public LifecycleEvent withError(RunError newError) {
        return new LifecycleEvent(
                runId, job, attempt, sequence, event, at, worker, fence, startedAt, counts, details, newError, logTail);
    }

    /** The same event, with instants later than now, by more than clocks differ, taken as now. */
    public LifecycleEvent notInFuture(Instant now) {
        var plausibleAt = PlausibleTime.notInFuture(at, now);
        var plausibleStart = PlausibleTime.notInFuture(startedAt, now);
        return new LifecycleEvent(
                runId,
                job,
                attempt,
                sequence,
                event,
                plausibleAt,
                worker,
                fence,
                plausibleStart,
                counts,
                details,
                error,
                logTail);
    }

    /** The same event with what the attempt reported. */
    public LifecycleEvent withReport(
            Map<String, Map<String, Long>> newCounts, Map<String, Object> newDetails, List<String> lines) {
        return new LifecycleEvent(
                runId,
                job,
                attempt,
                sequence,
                event,
                at,
                worker,
                fence,
                startedAt,
                newCounts,
                newDetails,
                error,
                lines);
    }

    /** CloudEvents id: unique per event, the same each time it is published. */
    public String eventId() {
        return runId + ":" + attempt + ":" + sequence;
    }
}

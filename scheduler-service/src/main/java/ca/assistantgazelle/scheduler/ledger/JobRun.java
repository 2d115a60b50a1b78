package ca.assistantgazelle.scheduler.ledger;

import ca.assistantgazelle.contract.event.EventHeaders;
import ca.assistantgazelle.contract.event.RunCause;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.contract.event.TriggerEvent;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * One row of the run ledger: a planned or requested execution of a job, and what became of it. Each transition returns
 * the run as it is afterwards; {@link RunLedger} stores it.
 *
 * @param parentRunId the run that this one repeats; may be null
 * @param requestedBy name of the token that requested it; null for a planned run
 * @param waitsFor why its trigger is not published yet; null when it is
 * @param traceparent W3C trace context; may be null
 */
public record JobRun(
        UUID runId,
        String job,
        RunCause cause,
        RunFire fire,
        Map<String, Object> parameters,
        UUID parentRunId,
        String requestedBy,
        RunState state,
        RunTimes times,
        RunWait waitsFor,
        String traceparent,
        Instant createdAt) {
    /** A new run; one that does not run is finished at once. */
    public static JobRun create(
            UUID runId,
            String job,
            RunCause cause,
            RunFire fire,
            Map<String, Object> parameters,
            String requestedBy,
            RunState state,
            RunWait waitsFor,
            Instant createdAt) {
        var times = state.status() == RunStatus.NOT_RUN ? RunTimes.NONE.finished(createdAt) : RunTimes.NONE;
        return new JobRun(
                runId,
                job,
                cause,
                fire,
                parameters,
                null,
                requestedBy,
                state,
                times,
                waitsFor,
                EventHeaders.newTrace(),
                createdAt);
    }

    public RunStatus status() {
        return state.status();
    }

    /** Whether the run has not ended yet. */
    public boolean isOpen() {
        return state.status().isOpen();
    }

    /** Why the run stands as it does, in one sentence; null when there is nothing to say. */
    public String reason() {
        return RunReason.of(this);
    }

    /** The trigger of the run's latest attempt. */
    public TriggerEvent trigger(RunCause why) {
        return new TriggerEvent(
                runId,
                job,
                state.attempt(),
                why,
                fire.nominal(),
                fire.zone(),
                fire.scheduledFor(),
                fire.usefulUntil(),
                parameters,
                parentRunId,
                null);
    }

    /** A worker accepted its trigger; the first acceptance counts. */
    public JobRun accepted(Instant at) {
        return at == null ? this : with(state, times.accepted(at), waitsFor);
    }

    /** A worker started it; null = not yet. */
    public JobRun started(Instant at) {
        return with(state, times.started(at), waitsFor);
    }

    /** It is queued or running, as its attempts say. */
    public JobRun progressed(RunStatus status) {
        return with(state.with(status), times, waitsFor);
    }

    /** All of the work was done. */
    public JobRun succeeded(int attempt, Instant at) {
        return with(state.ended(RunStatus.SUCCESS, RunState.RAN, null).withAttempt(attempt), times.finished(at), null);
    }

    /** The latest attempt failed; the next one is due at that instant. */
    public JobRun retryScheduled(RunError error, Instant at) {
        return with(state.ended(RunStatus.WAITING_RETRY, state.disposition(), error), times.retryAt(at), waitsFor);
    }

    /**
     * The next attempt is requested.
     *
     * @param limit until when a requested run is of use; a planned one keeps its own limit
     */
    public JobRun retried(Instant limit) {
        return withFire(fire.renewed(limit))
                .with(state.with(RunStatus.QUEUED).withAttempt(state.attempt() + 1), times.retryAt(null), waitsFor);
    }

    /** The events of its attempt were published again. */
    public JobRun republished(Instant at) {
        return with(state, times.republished(at), waitsFor);
    }

    /** No further attempt is made. */
    public JobRun givenUp(int attempt, RunError error, Instant at) {
        return with(state.ended(RunStatus.ERROR, RunState.RAN, error).withAttempt(attempt), times.finished(at), null);
    }

    /** No worker accepted the trigger, or started the attempt, in time. */
    public JobRun expired(int attempt, RunError error, Instant at) {
        return with(
                state.ended(RunStatus.ERROR, RunState.EXPIRED, error).withAttempt(attempt), times.finished(at), null);
    }

    /** Its running attempt is asked to stop. */
    public JobRun cancelRequested(String by) {
        return with(state.withCancelledBy(by), times, waitsFor);
    }

    /** It ended because somebody asked for that; {@code by} may be null when it is not known. */
    public JobRun cancelled(String by, RunError error, Instant at) {
        var disposition = times.startedAt() == null ? RunState.CANCELLED : RunState.RAN;
        return with(
                state.ended(RunStatus.CANCELLED, disposition, error)
                        .withCancelledBy(by == null ? state.cancelledBy() : by),
                times.finished(at),
                null);
    }

    /** What it waited for has ended or was waited for long enough. */
    public JobRun released(String planNote) {
        return with(state.withPlanNote(planNote), times, null);
    }

    /** It does not run after all. */
    public JobRun skipped(String disposition, String planNote, Instant at) {
        return with(state.ended(RunStatus.NOT_RUN, disposition, null).withPlanNote(planNote), times.finished(at), null);
    }

    /** A suppressed fire runs after all, as a catch-up, once the open runs of its job and its wait have ended. */
    public JobRun resumed(String planNote, RunWait wait, Instant at) {
        var next = state.ended(RunStatus.QUEUED, null, null).withPlanNote(planNote);
        return new JobRun(
                runId,
                job,
                RunCause.CATCH_UP,
                fire,
                parameters,
                parentRunId,
                requestedBy,
                next,
                times.retryAt(null),
                wait,
                traceparent,
                at);
    }

    /**
     * An ended run gets a further attempt.
     *
     * @param limit until when a requested run is of use; a planned one keeps its own limit
     */
    public JobRun reopened(Instant limit) {
        var next = state.ended(RunStatus.QUEUED, null, null)
                .withAttempt(state.attempt() + 1)
                .withCancelledBy(null);
        return withFire(fire.renewed(limit)).with(next, times.retryAt(null), null);
    }

    private JobRun with(RunState newState, RunTimes newTimes, RunWait newWait) {
        return new JobRun(
                runId,
                job,
                cause,
                fire,
                parameters,
                parentRunId,
                requestedBy,
                newState,
                newTimes,
                newWait,
                traceparent,
                createdAt);
    }

    private JobRun withFire(RunFire newFire) {
        return new JobRun(
                runId,
                job,
                cause,
                newFire,
                parameters,
                parentRunId,
                requestedBy,
                state,
                times,
                waitsFor,
                traceparent,
                createdAt);
    }
}

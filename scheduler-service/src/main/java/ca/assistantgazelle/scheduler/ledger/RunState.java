package ca.assistantgazelle.scheduler.ledger;

import ca.assistantgazelle.contract.event.RunError;

/**
 * Where a run stands and why.
 *
 * @param disposition what became of the fire or request; null while the run is open
 * @param planNote why the run was planned as it was; null when there is nothing to note
 * @param error why the latest attempt failed or the run ended; null when nothing failed
 * @param attempt number of the latest attempt that was requested
 * @param cancelledBy who requested the cancellation; null when nobody did
 */
public record RunState(
        RunStatus status,
        String disposition,
        String planNote,
        RunError error,
        int attempt,
        int maxAttempts,
        String cancelledBy) {
    /** Disposition of a run that was started. */
    public static final String RAN = "RAN";

    /** Disposition of a run whose trigger was not accepted in time. */
    public static final String EXPIRED = "EXPIRED";

    /** Disposition of a run that was cancelled before it was started. */
    public static final String CANCELLED = "CANCELLED";

    /** A run whose trigger is published or will be. */
    public static RunState queued(String planNote, int maxAttempts) {
        return new RunState(RunStatus.QUEUED, null, planNote, null, 1, maxAttempts, null);
    }

    /** A fire that does not run. */
    public static RunState notRun(String disposition, String planNote, int maxAttempts) {
        return new RunState(RunStatus.NOT_RUN, disposition, planNote, null, 1, maxAttempts, null);
    }

    RunState with(RunStatus newStatus) {
        return new RunState(newStatus, disposition, planNote, error, attempt, maxAttempts, cancelledBy);
    }

    RunState ended(RunStatus newStatus, String newDisposition, RunError newError) {
        return new RunState(newStatus, newDisposition, planNote, newError, attempt, maxAttempts, cancelledBy);
    }

    public RunState withAttempt(int number) {
        return new RunState(status, disposition, planNote, error, number, Math.max(maxAttempts, number), cancelledBy);
    }

    RunState withPlanNote(String note) {
        return new RunState(status, disposition, note, error, attempt, maxAttempts, cancelledBy);
    }

    RunState withCancelledBy(String who) {
        return new RunState(status, disposition, planNote, error, attempt, maxAttempts, who);
    }
}

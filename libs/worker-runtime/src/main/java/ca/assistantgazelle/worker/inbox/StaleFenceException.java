package ca.assistantgazelle.worker.inbox;

/** The fencing token is stale: this worker lost the attempt and must not write anything for it. */
public final class StaleFenceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StaleFenceException(ClaimedAttempt claim) {
        super("run "
                + claim.trigger().runId()
                + " attempt "
                + claim.trigger().attempt()
                + " no longer belongs to this worker: stale fence "
                + claim.fence());
    }
}

package ca.assistantgazelle.scheduler.planning;

import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.contract.catalogue.MisfirePolicy;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.RunStatus;

/** A fire that fell due, what was decided and the row that is written. */
record PlannedRun(JobDefinition job, JobRun run, FireDecision decision) {
    boolean starts() {
        return run.status() == RunStatus.QUEUED && run.waitsFor() == null;
    }

    /** A fire that was missed and that no other fire of the job stands for by policy. */
    boolean isLost() {
        return decision.disposition() == FireDisposition.MISSED_EXPIRED || isBeyondCap();
    }

    // Not caught up because more fires were missed than the cap allows.
    private boolean isBeyondCap() {
        return decision.disposition() == FireDisposition.MISSED_COALESCED
                && job.scheduling().misfire() == MisfirePolicy.ALL;
    }
}

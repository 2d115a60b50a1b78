package ca.assistantgazelle.scheduler.ledger;

import java.time.Instant;

/**
 * Why the trigger of a planned run is not published yet. Earlier open runs of the same job are waited for in any case.
 *
 * @param until the run starts then at the latest; null = no limit
 * @param job the job whose run is waited for; null when it is the run's own job
 * @param fireKey which run of that job; null when there is none
 */
public record RunWait(WaitReason reason, Instant until, String job, String fireKey) {
    /** An earlier run of the same job is open. */
    public static final RunWait OVERLAP = new RunWait(WaitReason.OVERLAP, null, null, null);

    /** What a run waits for. */
    public enum WaitReason {
        /** An earlier run of its job. */
        OVERLAP,
        /** A run of the job it depends on. */
        DEPENDENCY
    }

    /** Waits for that run, until that instant. */
    public static RunWait dependency(Instant until, String job, String fireKey) {
        return new RunWait(WaitReason.DEPENDENCY, until, job, fireKey);
    }
}

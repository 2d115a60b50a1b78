package ca.assistantgazelle.worker.execution;

import java.util.Set;

/**
 * The implementation of one or more jobs. It runs synchronously on a virtual thread and must stop soon after that
 * thread is interrupted.
 */
public interface JobHandler {
    /** Ids of the jobs that it implements. */
    Set<String> jobIds();

    /**
     * Completes the job or throws: a normal return means that everything was done and verified.
     *
     * @throws JobFailedException if the job failed for a known reason
     * @throws InterruptedException if interrupted
     */
    JobResult run(JobContext context) throws JobFailedException, InterruptedException;
}

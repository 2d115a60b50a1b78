package ca.assistantgazelle.worker.execution;

import ca.assistantgazelle.contract.event.RunError;
import java.util.Map;

/** A job failed for a known reason. */
public final class JobFailedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient RunError error;
    private final transient JobResult partialResult;

    public JobFailedException(RunError error) {
        this(error, new JobResult(Map.of(), Map.of()), null);
    }

    public JobFailedException(RunError error, Throwable cause) {
        this(error, new JobResult(Map.of(), Map.of()), cause);
    }

    /** @param soFar what was done before the failure */
    public JobFailedException(RunError error, JobResult soFar, Throwable cause) {
        super(error.message(), cause);
        this.error = error;
        this.partialResult = soFar;
    }

    public RunError error() {
        return error;
    }

    public JobResult partialResult() {
        return partialResult;
    }
}

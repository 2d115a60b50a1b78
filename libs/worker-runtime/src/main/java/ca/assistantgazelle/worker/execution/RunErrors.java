package ca.assistantgazelle.worker.execution;

import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.runtime.redaction.SecretRedaction;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import java.time.Duration;

/** Maps exceptions to the error stored with a run. */
public final class RunErrors {
    private RunErrors() {}

    /** @param stopped why the attempt was stopped; null if it was not */
    static RunError of(Throwable e, StopReason stopped, Duration hardLimit) {
        if (stopped == StopReason.SHUTDOWN) {
            return new RunError(
                    "WORKER_STOPPED",
                    true,
                    "The worker was shut down before the job completed; another worker continues the attempt.",
                    null);
        }
        if (stopped == StopReason.TIME_LIMIT) {
            return new RunError(
                    "TIME_LIMIT",
                    true,
                    "The attempt exceeded the hard limit of " + hardLimit + " and was stopped.",
                    "Check its progress and log; raise hard_limit in jobs.yaml if it was still making progress.");
        }
        if (stopped == StopReason.CANCELLED) {
            return new RunError("CANCELLED", false, "The attempt was cancelled while running.", null);
        }
        if (stopped == StopReason.LEASE_LOST) {
            return new RunError(
                    "WORKER_LOST",
                    true,
                    "The lease expired before it was renewed; the attempt can be taken over.",
                    null);
        }
        if (e instanceof JobFailedException known) {
            return known.error();
        }
        return unexpected(e);
    }

    /** The job went on after it was interrupted. */
    static RunError unresponsive(StopReason stopped, Duration timeout, RunError error) {
        return new RunError(
                error.errorClass(),
                error.retryable(),
                "%s It did not react to the interrupt (%s) for %d s and was given up."
                        .formatted(error.message(), stopped, timeout.toSeconds()),
                "Restart the worker, which has one slot less until then; see its log.");
    }

    /** Maps an exception that the job did not handle. */
    public static RunError unexpected(Throwable e) {
        if (DatabaseRetry.isUnavailable(e)) {
            return new RunError(
                    "DATABASE_UNAVAILABLE",
                    true,
                    "The database was unavailable: " + SecretRedaction.redact(DatabaseRetry.describe(e)),
                    "Check that PostgreSQL is running and that PGHOST, PGPORT and PGUSER are correct.");
        }
        return new RunError(
                "UNEXPECTED",
                true,
                SecretRedaction.redact(DatabaseRetry.describe(e)),
                "This is a bug: report it with the run id and its log.");
    }
}

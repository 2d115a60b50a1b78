package ca.assistantgazelle.contract.event;

import ca.assistantgazelle.contract.value.SafeText;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * Why an attempt did not succeed. Contains no secrets or personal data, since it is published, stored and displayed.
 *
 * @param errorClass stable identifier in capitals that programs may rely on, never null
 * @param retryable whether another attempt may succeed without intervention
 * @param message what happened, never null
 * @param suggestion how to fix it; null when unknown
 */
public record RunError(@JsonProperty("class") String errorClass, boolean retryable, String message, String suggestion) {
    public RunError {
        RequiredEventFields.text(errorClass, "error.class");
        message = SafeText.oneLine(RequiredEventFields.text(message, "error.message"));
        suggestion = SafeText.oneLine(suggestion);
    }

    /** No worker accepted the trigger, or started the attempt, before the trigger expired. */
    public static RunError triggerExpired(String job, Instant notAfter) {
        return new RunError(
                "TRIGGER_EXPIRED",
                false,
                "No worker started the run before its trigger expired at " + notAfter + ".",
                "Check that the worker of job " + job + " is running; run the job by hand if it is still needed.");
    }

    /** A failed attempt was not repeated before the run ceased to be useful. */
    public static RunError retryExpired(String job, int attempt, RunError last, Instant usefulUntil) {
        return new RunError(
                "TRIGGER_EXPIRED",
                false,
                "Attempt %d failed (%s), and the next one did not start before %s, when the run ceased to be useful."
                        .formatted(attempt, last == null ? "without an error" : last.errorClass(), usefulUntil),
                last == null || last.suggestion() == null
                        ? "Run job " + job + " by hand if it is still needed."
                        : last.suggestion());
    }

    /** The attempt has ended, but its outcome never reached the scheduler. */
    public static RunError outcomeLost(String job, int attempt) {
        return new RunError(
                "OUTCOME_LOST",
                false,
                "Attempt " + attempt + " has ended, but its outcome never reached the scheduler.",
                "Look at what job " + job
                        + " has changed and run it by hand if needed; check the replication of topic jobs.lifecycle.v1.");
    }

    /** Somebody asked for the end of the run. */
    public static RunError cancelled(String message) {
        return new RunError("CANCELLED", false, message, null);
    }
}

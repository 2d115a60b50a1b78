package ca.assistantgazelle.contract.event;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Requests one attempt of one run from a worker. Topic {@code jobs.trigger.<worker>.v1}, key = run id.
 *
 * @param runId identity of the run, never null
 * @param job id of the job in the catalogue, never null
 * @param attempt numbered from 1
 * @param cause why, never null
 * @param nominal planned local date and time such as {@code 2026-03-09T06:00}; null for runs that were not planned
 * @param zone IANA zone of {@code nominal}; null with it
 * @param scheduledFor the instant the run was meant for, never null
 * @param notAfter an attempt accepted later than this does not run; null = no limit
 * @param parameters the job's parameters, never null, values as in JSON
 * @param parentRunId the run that this one repeats or belongs to; may be null
 * @param replayId the replay that published it; may be null
 */
public record TriggerEvent(
        UUID runId,
        String job,
        int attempt,
        RunCause cause,
        String nominal,
        String zone,
        Instant scheduledFor,
        Instant notAfter,
        Map<String, Object> parameters,
        UUID parentRunId,
        UUID replayId) {
    public static final String TYPE = "ca.assistantgazelle.trigger.v1";

    public TriggerEvent {
        RequiredEventFields.value(runId, "runId");
        RequiredEventFields.text(job, "job");
        RequiredEventFields.attempt(attempt);
        RequiredEventFields.value(cause, "cause");
        RequiredEventFields.value(scheduledFor, "scheduledFor");
        RequiredEventFields.plausible(scheduledFor, "scheduledFor");
        RequiredEventFields.plausible(notAfter, "notAfter");
        parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
    }

    /** CloudEvents id: one per attempt, the same each time it is published. */
    public String eventId() {
        return runId + ":" + attempt;
    }
}

package ca.assistantgazelle.bell;

import ca.assistantgazelle.contract.event.RunError;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Something that a person must hear of.
 *
 * @param runId null when it concerns no run
 * @param error null when the event brought none
 * @param attempts how often the run was tried; 0 when it never was
 * @param logTail the last lines of its last attempt, redacted when they were written
 */
record Ring(
    String eventId,
    UUID runId,
    String job,
    Occasion event,
    Instant at,
    RunError error,
    int attempts,
    List<String> logTail) {}

package ca.assistantgazelle.alert.adminalert;

import ca.assistantgazelle.contract.event.RunError;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A notification for the admin.
 *
 * @param runId null when it concerns no run
 * @param error null when the event has none
 * @param attempts number of attempts of the run; 0 when none was made
 * @param logTail last log lines of its last attempt, already redacted
 */
record AdminNotification(
    String eventId,
    UUID runId,
    String job,
    NotificationKind event,
    Instant at,
    RunError error,
    int attempts,
    List<String> logTail) {}

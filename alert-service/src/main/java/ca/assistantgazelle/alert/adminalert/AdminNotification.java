package ca.assistantgazelle.alert.adminalert;

import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.RunError;
import java.time.Instant;
import java.util.UUID;

/**
 * What the administrator is notified of.
 *
 * @param eventId the same for the same occasion, so that it is mailed once
 * @param runId null when it concerns no run
 * @param job the job, or another short name of what it concerns
 * @param error null when the event has none
 */
record AdminNotification(
        String eventId, UUID runId, String job, AdminNotificationKind kind, Instant at, RunError error) {
    /** Of an event about a whole run. */
    static AdminNotification of(LifecycleEvent event) {
        return new AdminNotification(
                event.eventId(),
                event.runId(),
                event.job(),
                AdminNotificationKind.valueOf(event.event().name()),
                event.at(),
                event.error());
    }

    /** The same for the job instead of the run. */
    AdminNotification withoutRun() {
        return new AdminNotification(eventId, null, job, kind, at, error);
    }

    /** A warning that concerns no run. */
    static AdminNotification warning(
            String eventId, String job, AdminNotificationKind kind, Instant at, RunError error) {
        return new AdminNotification(eventId, null, job, kind, at, error);
    }
}

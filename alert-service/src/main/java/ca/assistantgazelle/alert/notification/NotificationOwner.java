package ca.assistantgazelle.alert.notification;

import ca.assistantgazelle.contract.event.TriggerEvent;
import java.util.UUID;

/**
 * Who has claimed notifications: an attempt of a run, or the service itself.
 *
 * @param runId null for the service itself
 * @param attempt null for the service itself
 */
public record NotificationOwner(UUID runId, Integer attempt) {
    /** Notifications that no run sends. */
    public static final NotificationOwner SERVICE = new NotificationOwner(null, null);

    static NotificationOwner of(TriggerEvent trigger) {
        return new NotificationOwner(trigger.runId(), trigger.attempt());
    }
}

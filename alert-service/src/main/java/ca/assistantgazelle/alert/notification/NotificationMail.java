package ca.assistantgazelle.alert.notification;

import ca.assistantgazelle.alert.mail.OutgoingMail;
import java.util.List;
import java.util.UUID;

/**
 * A mail and the notifications in it.
 *
 * @param message null when there is no address to send it to
 * @param problem why there is no mail; null when there is one
 */
record NotificationMail(OutgoingMail message, List<UUID> notifications, String problem) {}

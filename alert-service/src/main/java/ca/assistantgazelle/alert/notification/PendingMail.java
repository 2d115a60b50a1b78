package ca.assistantgazelle.alert.notification;

import ca.assistantgazelle.alert.mail.OutgoingMail;
import java.util.List;
import java.util.UUID;

/**
 * A mail and the claimed notifications that it delivers.
 *
 * @param mail null when it cannot be addressed
 * @param notifications their ids, not empty
 * @param problem why it cannot be addressed; null when it can
 */
public record PendingMail(OutgoingMail mail, List<UUID> notifications, String problem) {}

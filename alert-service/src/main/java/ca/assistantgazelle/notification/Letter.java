package ca.assistantgazelle.notification;

import ca.assistantgazelle.mail.Message;
import java.util.List;
import java.util.UUID;

/**
 * A message and the notifications that it carries.
 *
 * @param message null when it cannot be addressed
 * @param problem why it cannot be; null when it can
 */
record Letter(Message message, List<UUID> notifications, String problem) {}

package ca.assistantgazelle.notification;

import java.util.UUID;

/** A notification that is ours to send. */
record Claimed(UUID id, String appointmentId, String recipient) {}

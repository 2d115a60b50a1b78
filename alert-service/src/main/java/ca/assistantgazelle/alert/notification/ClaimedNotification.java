package ca.assistantgazelle.alert.notification;

import java.util.UUID;

/** A notification claimed by this run. */
record ClaimedNotification(UUID id, String appointmentId, String recipient) {}

package ca.assistantgazelle.alert.notification;

import ca.assistantgazelle.alert.appointment.Appointment;

/**
 * An appointment to be announced to a recipient.
 *
 * @param recipient the technician's Gazelle id, or {@link NotificationStore#OFFICE}
 */
record NotificationItem(Appointment appointment, String recipient) {}

package ca.assistantgazelle.notification;

import ca.assistantgazelle.appointment.Appointment;

/**
 * An appointment that somebody is to be told of.
 *
 * @param recipient the technician's Gazelle id, or {@link Notifications#OFFICE}
 */
record Item(Appointment appointment, String recipient) {}

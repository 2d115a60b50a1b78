package ca.assistantgazelle.alert.notification;

import java.time.LocalDate;

/**
 * Something that a recipient is notified of, once per type.
 *
 * @param subjectId the appointment or maintenance alert
 * @param recipient a technician's Gazelle id, or {@link NotificationStore#OFFICE}
 * @param localDate of the appointment, Montréal; null when there is none
 * @param schedule the appointment's time as announced; null when there is none
 */
record NotificationItem(String subjectId, String recipient, LocalDate localDate, String schedule) {}

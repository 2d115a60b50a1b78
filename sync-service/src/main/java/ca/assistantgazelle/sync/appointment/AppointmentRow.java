package ca.assistantgazelle.sync.appointment;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

/**
 * A row of gazelle_appointments: the columns filled from Gazelle, not the manually maintained ones.
 *
 * @param appointmentDate in Montréal's time zone
 * @param appointmentTime in Montréal's time zone
 * @param pianos all pianos in order, only so that the row's hash changes with them; stored in a separate table
 */
record AppointmentRow(
        String externalId,
        String clientExternalId,
        String pianoExternalId,
        String title,
        String description,
        String notes,
        String location,
        LocalDate appointmentDate,
        LocalTime appointmentTime,
        Instant startDatetime,
        Integer durationMinutes,
        Boolean isAllDay,
        String status,
        String eventType,
        String technicien,
        String travelMode,
        String source,
        String createdBy,
        Boolean confirmedByClient,
        Instant confirmedAt,
        Instant gazelleCreatedAt,
        Instant gazelleUpdatedAt,
        String pianos) {}

package ca.assistantgazelle.alert.appointment;

import java.time.LocalDate;
import java.time.LocalTime;

/**
 * An appointment that may have to be announced.
 *
 * @param time local time of Montréal; null when it lasts all day
 * @param clientName never null
 * @param pianos the pianos to be serviced; empty when unknown
 * @param createdOn when it was created in Gazelle; null when unknown
 * @param technicianId the technician's Gazelle id; null when unassigned
 */
public record Appointment(
        String externalId,
        LocalDate date,
        LocalTime time,
        ConfirmationStatus confirmation,
        String technicianId,
        String clientId,
        String clientName,
        String city,
        String pianos,
        String title,
        String phone,
        LocalDate createdOn) {

    /** Date and time, to detect later that an announced appointment has moved. */
    public String snapshot() {
        return date + "T" + (time == null ? "jour entier" : time);
    }
}

package ca.assistantgazelle.appointment;

import java.time.LocalDate;
import java.time.LocalTime;

/**
 * An appointment that somebody may have to be told of.
 *
 * @param time of Montréal; null when it lasts all day
 * @param clientName never null
 * @param pianos what is to be worked on; empty when nobody said
 * @param createdOn when it was made in Gazelle; null when unknown
 * @param technicianId Gazelle's id; null when it is nobody's yet
 */
public record Appointment(
    String externalId,
    LocalDate date,
    LocalTime time,
    Confirmation confirmation,
    String technicianId,
    String clientId,
    String clientName,
    String city,
    String pianos,
    String title,
    String phone,
    LocalDate createdOn) {

  /** What the appointment's time was when it was announced. */
  public String snapshot() {
    return date + "T" + (time == null ? "jour entier" : time);
  }
}

package ca.assistantgazelle.alert.appointment;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.LocalDate;
import java.util.Locale;

@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record AppointmentView(
        String externalId,
        LocalDate appointmentDate,
        String appointmentTime,
        String confirmation,
        String title,
        String clientId,
        String clientName,
        String city,
        String pianos,
        String clientPhone,
        LocalDate createdAt) {
    static AppointmentView of(Appointment appointment) {
        return new AppointmentView(
                appointment.externalId(),
                appointment.date(),
                appointment.time() == null ? null : appointment.time().toString(),
                appointment.confirmation().name().toLowerCase(Locale.ROOT),
                appointment.title(),
                appointment.clientId(),
                appointment.clientName(),
                appointment.city(),
                appointment.pianos(),
                appointment.phone(),
                appointment.createdOn());
    }
}

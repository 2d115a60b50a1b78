package ca.assistantgazelle.alert.appointment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Unconfirmed appointments and their recipients. Appointments are routed by the technician's id. Those that are
 * unassigned, or assigned to a technician who cannot be reached, go to the office, never to another technician
 * (docs/alerts.md).
 *
 * @param technicians unconfirmed appointments by technician who can be reached
 * @param office appointments that could not be routed, with the reason
 * @param unknown appointments whose confirmation was never read
 * @param institutionsLeftOut number of appointments left out because institutions do not confirm
 * @param lastSync the data is as of this time; null when no sync ever succeeded
 */
public record UnconfirmedAppointmentReport(
        AlertDateWindow window,
        Instant checkedAt,
        Instant lastSync,
        Map<TechnicianContact, List<Appointment>> technicians,
        List<UnroutedAppointment> office,
        List<Appointment> unknown,
        long institutionsLeftOut) {

    /** An appointment for the office, with the reason. */
    public record UnroutedAppointment(Appointment appointment, String reason) {}

    static UnconfirmedAppointmentReport of(
            AlertDateWindow window,
            Instant checkedAt,
            Instant lastSync,
            AppointmentQueries.FoundAppointments found,
            Map<String, TechnicianContact> staff) {
        Map<TechnicianContact, List<Appointment>> technicians = new LinkedHashMap<>();
        var office = new ArrayList<UnroutedAppointment>();
        var unknown = new ArrayList<Appointment>();
        for (var appointment : found.appointments()) {
            switch (appointment.confirmation()) {
                case CONFIRMED -> {}
                case UNKNOWN -> unknown.add(appointment);
                case UNCONFIRMED -> route(appointment, staff, technicians, office);
            }
        }
        return new UnconfirmedAppointmentReport(
                window, checkedAt, lastSync, technicians, office, unknown, found.institutionsLeftOut());
    }

    private static void route(
            Appointment appointment,
            Map<String, TechnicianContact> staff,
            Map<TechnicianContact, List<Appointment>> technicians,
            List<UnroutedAppointment> office) {
        var technician = appointment.technicianId() == null ? null : staff.get(appointment.technicianId());
        if (technician != null && technician.isReachable()) {
            technicians.computeIfAbsent(technician, key -> new ArrayList<>()).add(appointment);
        } else {
            office.add(new UnroutedAppointment(appointment, reason(appointment, technician)));
        }
    }

    private static String reason(Appointment appointment, TechnicianContact technician) {
        if (appointment.technicianId() == null) {
            return "à attribuer";
        }
        if (technician == null) {
            return "technicien inconnu";
        }
        return technician.active()
                ? technician.name() + " n'a pas d'adresse de courriel valable"
                : technician.name() + " n'est plus actif";
    }

    /** Restricted to these technicians, with nothing for the office. */
    UnconfirmedAppointmentReport forTechnicians(List<String> technicianIds) {
        Map<TechnicianContact, List<Appointment>> some = new LinkedHashMap<>();
        technicians.forEach((technician, list) -> {
            if (technicianIds.contains(technician.id())) {
                some.put(technician, list);
            }
        });
        return new UnconfirmedAppointmentReport(
                window, checkedAt, lastSync, some, List.of(), List.of(), institutionsLeftOut);
    }

    /** Total number of unconfirmed appointments. */
    public long total() {
        return technicians.values().stream().mapToLong(List::size).sum() + office.size();
    }
}

package ca.assistantgazelle.appointment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is to be told of which unconfirmed appointments. Routing is by id: what is nobody's, or
 * somebody's who cannot be reached, is the office's, never another technician's. Source:
 * reference/report-alerts.md §2.3, TARGET.
 *
 * @param technicians unconfirmed appointments of each technician who can be told
 * @param office those that could not be routed, with the reason
 * @param unknown whose confirmation was never read
 * @param institutions how many were left out because institutions do not confirm
 * @param lastSync how old the data is; null when no sync ever succeeded
 */
public record Check(
    Window window,
    Instant checkedAt,
    Instant lastSync,
    Map<Technician, List<Appointment>> technicians,
    List<Unrouted> office,
    List<Appointment> unknown,
    long institutions) {

  /** An appointment for the office, and why. */
  public record Unrouted(Appointment appointment, String reason) {}

  static Check of(
      Window window,
      Instant checkedAt,
      Instant lastSync,
      Appointments.Found found,
      Map<String, Technician> staff) {
    Map<Technician, List<Appointment>> technicians = new LinkedHashMap<>();
    var office = new ArrayList<Unrouted>();
    var unknown = new ArrayList<Appointment>();
    for (var appointment : found.appointments()) {
      switch (appointment.confirmation()) {
        case CONFIRMED -> {}
        case UNKNOWN -> unknown.add(appointment);
        case UNCONFIRMED -> route(appointment, staff, technicians, office);
      }
    }
    return new Check(
        window, checkedAt, lastSync, technicians, office, unknown, found.institutions());
  }

  private static void route(
      Appointment appointment,
      Map<String, Technician> staff,
      Map<Technician, List<Appointment>> technicians,
      List<Unrouted> office) {
    var technician =
        appointment.technicianId() == null ? null : staff.get(appointment.technicianId());
    if (technician != null && technician.isReachable()) {
      technicians.computeIfAbsent(technician, key -> new ArrayList<>()).add(appointment);
    } else {
      office.add(new Unrouted(appointment, reason(appointment, technician)));
    }
  }

  private static String reason(Appointment appointment, Technician technician) {
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

  /** Only these technicians, and nothing for the office. */
  Check only(List<String> technicianIds) {
    Map<Technician, List<Appointment>> some = new LinkedHashMap<>();
    technicians.forEach(
        (technician, list) -> {
          if (technicianIds.contains(technician.id())) {
            some.put(technician, list);
          }
        });
    return new Check(window, checkedAt, lastSync, some, List.of(), List.of(), institutions);
  }

  /** Unconfirmed appointments in all. */
  public long total() {
    return technicians.values().stream().mapToLong(List::size).sum() + office.size();
  }
}

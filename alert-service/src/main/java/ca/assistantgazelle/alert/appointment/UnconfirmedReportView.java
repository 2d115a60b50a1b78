package ca.assistantgazelle.alert.appointment;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** The response of {@code /alertes-rv/check}. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record UnconfirmedReportView(
        LocalDate targetDate,
        LocalDate from,
        LocalDate to,
        Instant checkedAt,
        Instant dataAsOf,
        Long dataAgeMinutes,
        List<TechnicianView> technicians,
        List<OfficeView> office,
        List<AppointmentView> unknown,
        int totalTechnicians,
        long totalAppointments,
        long institutionsLeftOut) {

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record TechnicianView(
            String id, String name, String email, int unconfirmedCount, List<AppointmentView> appointments) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record OfficeView(String reason, AppointmentView appointment) {}

    static UnconfirmedReportView of(UnconfirmedAppointmentReport report) {
        var technicians = report.technicians().entrySet().stream()
                .map(entry -> new TechnicianView(
                        entry.getKey().id(),
                        entry.getKey().name(),
                        entry.getKey().email(),
                        entry.getValue().size(),
                        entry.getValue().stream().map(AppointmentView::of).toList()))
                .toList();
        return new UnconfirmedReportView(
                report.window().first(),
                report.window().first(),
                report.window().last(),
                report.checkedAt(),
                report.lastSync(),
                report.lastSync() == null
                        ? null
                        : Duration.between(report.lastSync(), report.checkedAt())
                                .toMinutes(),
                technicians,
                report.office().stream()
                        .map(one -> new OfficeView(one.reason(), AppointmentView.of(one.appointment())))
                        .toList(),
                report.unknown().stream().map(AppointmentView::of).toList(),
                technicians.size(),
                report.total(),
                report.institutionsLeftOut());
    }
}

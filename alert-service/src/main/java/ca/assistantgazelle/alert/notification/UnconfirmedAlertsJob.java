package ca.assistantgazelle.alert.notification;

import ca.assistantgazelle.alert.appointment.AlertDateWindow;
import ca.assistantgazelle.alert.appointment.Appointment;
import ca.assistantgazelle.alert.appointment.UnconfirmedAppointmentReport;
import ca.assistantgazelle.alert.appointment.UnconfirmedAppointments;
import ca.assistantgazelle.alert.mail.AlertsConfig;
import ca.assistantgazelle.alert.mail.FrenchDateFormats;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.worker.execution.JobContext;
import ca.assistantgazelle.worker.execution.JobFailedException;
import ca.assistantgazelle.worker.execution.JobHandler;
import ca.assistantgazelle.worker.execution.JobResult;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Mails technicians their unconfirmed appointments, and the office those that cannot be routed. */
@Singleton
final class UnconfirmedAlertsJob implements JobHandler {
    private static final String SHORT_TERM_JOB = "alertes_rv_court_terme";
    private static final String LONG_TERM_JOB = "alertes_rv_long_terme";

    private final UnconfirmedAppointments unconfirmed;
    private final NotificationDispatcher dispatcher;
    private final AppointmentMailRenderer renderer;
    private final AlertsConfig config;
    private final Clock clock;

    UnconfirmedAlertsJob(
            UnconfirmedAppointments unconfirmed,
            NotificationDispatcher dispatcher,
            AppointmentMailRenderer renderer,
            AlertsConfig config,
            Clock clock) {
        this.unconfirmed = unconfirmed;
        this.dispatcher = dispatcher;
        this.renderer = renderer;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public Set<String> jobIds() {
        return Set.of(SHORT_TERM_JOB, LONG_TERM_JOB);
    }

    @Override
    public JobResult run(JobContext context) throws JobFailedException, InterruptedException {
        var report = unconfirmed.of(window(context), requestedTechnicians(context));
        logUnrouted(context, report);
        return dispatcher.dispatch(
                context, type(report), items(report), countsFor(report), claimed -> renderMails(report, claimed));
    }

    private static NotificationType type(UnconfirmedAppointmentReport report) {
        return NotificationType.valueOf(report.window().kind());
    }

    // A planned run checks the days it was planned for, even when its attempt is late.
    private AlertDateWindow window(JobContext context) throws JobFailedException {
        var nominal = context.trigger().nominal();
        var today = LocalDate.now(clock.withZone(FrenchDateFormats.ZONE));
        var day = nominal == null ? today : LocalDate.parse(nominal.substring(0, 10));
        var asked = context.trigger().parameters().get("target_date");
        var window = context.trigger().job().equals(LONG_TERM_JOB)
                ? AlertDateWindow.longTerme(day)
                : AlertDateWindow.courtTerme(asked == null ? day.plusDays(1) : LocalDate.parse(asked.toString()));
        if (window.last().isBefore(today)) {
            throw new JobFailedException(new RunError(
                    "ALERT_DATE_PAST",
                    false,
                    "The day " + window.last() + " is in the past; no mail is sent for past days.",
                    "Use today or a later date."));
        }
        return window;
    }

    /** Null = all technicians; an empty list = none. */
    private static List<String> requestedTechnicians(JobContext context) {
        return context.trigger().parameters().get("technician_ids") instanceof List<?> ids
                ? ids.stream().map(String::valueOf).toList()
                : null;
    }

    private static void logUnrouted(JobContext context, UnconfirmedAppointmentReport report) {
        report.office()
                .forEach(one -> context.log()
                        .warn(
                                "%s: sent to the office, technician %s is not reachable",
                                one.appointment().externalId(),
                                one.appointment().technicianId()));
        if (!report.unknown().isEmpty()) {
            context.log()
                    .warn(
                            "%d appointments with unknown confirmation: never read from Gazelle",
                            report.unknown().size());
        }
    }

    private static DeliveryCounts countsFor(UnconfirmedAppointmentReport report) {
        var counts = new DeliveryCounts();
        counts.putDetail(
                "window", report.window().first() + "/" + report.window().last());
        counts.putDetail("data_as_of", String.valueOf(report.lastSync()));
        counts.putDetail("unconfirmed", report.total());
        counts.putDetail("unknown", report.unknown().size());
        counts.putDetail("institutions_left_out", report.institutionsLeftOut());
        return counts;
    }

    private static List<NotificationItem> items(UnconfirmedAppointmentReport report) {
        var items = new ArrayList<NotificationItem>();
        report.technicians().forEach((technician, list) -> list.forEach(one -> items.add(item(one, technician.id()))));
        report.office().forEach(one -> items.add(item(one.appointment(), NotificationStore.OFFICE)));
        report.unknown().forEach(one -> items.add(item(one, NotificationStore.OFFICE)));
        return items;
    }

    private static NotificationItem item(Appointment appointment, String recipient) {
        return new NotificationItem(appointment.externalId(), recipient, appointment.date(), appointment.snapshot());
    }

    private List<PendingMail> renderMails(UnconfirmedAppointmentReport report, ClaimedNotificationItems claimed) {
        var mails = new ArrayList<PendingMail>();
        report.technicians().forEach((technician, list) -> {
            var own = claimed.of(technician.id());
            var appointments = claimedOnly(list, own);
            if (!appointments.isEmpty()) {
                mails.add(new PendingMail(
                        renderer.technicianMail(report, technician, appointments), List.copyOf(own.values()), null));
            }
        });
        var office = claimed.of(NotificationStore.OFFICE);
        if (!office.isEmpty()) {
            mails.add(officeMail(report, office));
        }
        return mails;
    }

    private PendingMail officeMail(UnconfirmedAppointmentReport report, Map<String, UUID> own) {
        var ids = List.copyOf(own.values());
        if (config.officeEmail().isEmpty()) {
            return new PendingMail(null, ids, "OFFICE_EMAIL is not set");
        }
        var unrouted = report.office().stream()
                .filter(one -> own.containsKey(one.appointment().externalId()))
                .toList();
        return new PendingMail(
                renderer.officeMail(
                        report,
                        unrouted,
                        claimedOnly(report.unknown(), own),
                        config.officeEmail().get()),
                ids,
                null);
    }

    private static List<Appointment> claimedOnly(List<Appointment> list, Map<String, UUID> own) {
        return list.stream().filter(one -> own.containsKey(one.externalId())).toList();
    }
}

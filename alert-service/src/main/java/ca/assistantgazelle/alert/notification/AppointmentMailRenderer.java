package ca.assistantgazelle.alert.notification;

import ca.assistantgazelle.alert.appointment.AlertDateWindow;
import ca.assistantgazelle.alert.appointment.Appointment;
import ca.assistantgazelle.alert.appointment.TechnicianContact;
import ca.assistantgazelle.alert.appointment.UnconfirmedAppointmentReport;
import ca.assistantgazelle.alert.mail.AlertsConfig;
import ca.assistantgazelle.alert.mail.FrenchDateFormats;
import ca.assistantgazelle.alert.mail.MailSender;
import ca.assistantgazelle.alert.mail.OutgoingMail;
import ca.assistantgazelle.contract.digest.ContentDigests;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Renders the mails about appointments, in Canadian French. */
@Singleton
class AppointmentMailRenderer {
    private static final int ID_BYTES = 16;

    private final AlertsConfig config;
    private final MailSender mailSender;

    AppointmentMailRenderer(AlertsConfig config, MailSender mailSender) {
        this.config = config;
        this.mailSender = mailSender;
    }

    /** @param appointments those to be announced, not empty */
    OutgoingMail technicianMail(
            UnconfirmedAppointmentReport report, TechnicianContact technician, List<Appointment> appointments) {
        int count = appointments.size();
        var data = new AppointmentMailData(
                subject(count, report.window()),
                technician.firstName().isBlank() ? "Bonjour" : "Bonjour " + technician.firstName(),
                (count == 1 ? "Ce rendez-vous " : "Ces " + count + " rendez-vous ")
                        + dayRange("de ", report.window())
                        + (count == 1 ? " n'est pas confirmé." : " ne sont pas confirmés."),
                byDay(appointments),
                count == 1
                        ? "Merci d'appeler ce client pour confirmer."
                        : "Merci d'appeler ces clients pour confirmer.",
                freshness(report),
                link(report.window()));
        return message(technician.email(), technician.id(), report.window(), appointments, data);
    }

    /** The appointments that could not be routed, and those whose confirmation was never read. */
    OutgoingMail officeMail(
            UnconfirmedAppointmentReport report,
            List<UnconfirmedAppointmentReport.UnroutedAppointment> unrouted,
            List<Appointment> unknown,
            String address) {
        var sections = new ArrayList<AppointmentMailData.EmailSection>();
        if (!unrouted.isEmpty()) {
            sections.add(new AppointmentMailData.EmailSection(
                    "À attribuer",
                    unrouted.stream()
                            .map(one -> line(one.appointment(), true, one.reason()))
                            .toList()));
        }
        if (!unknown.isEmpty()) {
            sections.add(new AppointmentMailData.EmailSection(
                    "Confirmation inconnue (jamais lue dans Gazelle)",
                    unknown.stream().map(one -> line(one, true, "")).toList()));
        }
        var all = new ArrayList<>(unrouted.stream()
                .map(UnconfirmedAppointmentReport.UnroutedAppointment::appointment)
                .toList());
        all.addAll(unknown);
        var data = new AppointmentMailData(
                subject(all.size(), report.window()).replace("[RV]", "[RV bureau]"),
                "Bonjour",
                "Personne n'a été avisé de ces rendez-vous " + dayRange("de ", report.window()) + ".",
                sections,
                "Merci de les attribuer ou d'appeler les clients.",
                freshness(report),
                link(report.window()));
        return message(address, NotificationStore.OFFICE, report.window(), all, data);
    }

    private OutgoingMail message(
            String to,
            String recipient,
            AlertDateWindow window,
            List<Appointment> appointments,
            AppointmentMailData data) {
        return new OutgoingMail(
                id(recipient, window, appointments),
                to,
                data.subject(),
                AppointmentMailTemplates.emailText(data).render().strip() + "\n",
                AppointmentMailTemplates.emailHtml(data).render());
    }

    // Deterministic: the same appointments for the same recipient always have the same Message-ID.
    private String id(String recipient, AlertDateWindow window, List<Appointment> appointments) {
        var subjects = appointments.stream()
                .map(one -> one.externalId() + "@" + one.snapshot())
                .sorted()
                .collect(Collectors.joining(",", window.kind() + "|" + recipient + "|", ""));
        return "<rv-%s@%s>"
                .formatted(
                        HexFormat.of().formatHex(ContentDigests.sha256(subjects), 0, ID_BYTES),
                        mailSender.messageIdDomain());
    }

    static String subject(int count, AlertDateWindow window) {
        return "[RV] "
                + count
                + (count == 1 ? " rendez-vous non confirmé — " : " rendez-vous non confirmés — ")
                + dayRange("", window);
    }

    private static String dayRange(String ofOne, AlertDateWindow window) {
        return window.first().equals(window.last())
                ? ofOne + FrenchDateFormats.day(window.first())
                : "du " + FrenchDateFormats.day(window.first()) + " au " + FrenchDateFormats.day(window.last());
    }

    private static List<AppointmentMailData.EmailSection> byDay(List<Appointment> appointments) {
        var days = new TreeMap<LocalDate, List<AppointmentMailData.AppointmentLine>>();
        for (var appointment : appointments) {
            days.computeIfAbsent(appointment.date(), day -> new ArrayList<>()).add(line(appointment, false, ""));
        }
        return days.entrySet().stream()
                .map(day -> new AppointmentMailData.EmailSection(
                        capitalized(FrenchDateFormats.day(day.getKey())), day.getValue()))
                .toList();
    }

    private static AppointmentMailData.AppointmentLine line(Appointment appointment, boolean withDay, String note) {
        var time = FrenchDateFormats.time(appointment.time());
        return new AppointmentMailData.AppointmentLine(
                withDay ? FrenchDateFormats.day(appointment.date()) + ", " + time : time,
                appointment.clientName(),
                appointment.city(),
                appointment.pianos(),
                appointment.title(),
                appointment.phone(),
                appointment.createdOn() == null ? "" : FrenchDateFormats.date(appointment.createdOn()),
                note);
    }

    private static String freshness(UnconfirmedAppointmentReport report) {
        return report.lastSync() == null
                ? "Attention : aucune synchronisation avec Gazelle n'a encore réussi."
                : "Données de Gazelle du "
                        + FrenchDateFormats.moment(report.lastSync())
                        + " ("
                        + FrenchDateFormats.ago(report.lastSync(), report.checkedAt())
                        + ").";
    }

    private String link(AlertDateWindow window) {
        return config.publicUrl()
                .map(url -> url
                        + "/alertes-rv/check?"
                        + (window.kind().equals("LONG_TERME") ? "window=long" : "target_date=" + window.first()))
                .orElse("");
    }

    private static String capitalized(String text) {
        return text.substring(0, 1).toUpperCase(Locale.CANADA_FRENCH) + text.substring(1);
    }
}

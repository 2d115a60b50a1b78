package ca.assistantgazelle.alert.notification;

import java.util.List;

/**
 * The content of a mail about appointments; texts as displayed, not escaped.
 *
 * @param greeting without the comma
 * @param freshness how old the data is
 */
public record AppointmentMailData(
        String subject,
        String greeting,
        String intro,
        List<EmailSection> sections,
        String closing,
        String freshness,
        String link) {

    /** Appointments under one heading. */
    public record EmailSection(String title, List<AppointmentLine> lines) {}

    /**
     * An appointment. Empty texts are not displayed.
     *
     * @param note why it goes to the office
     */
    public record AppointmentLine(
            String time,
            String client,
            String city,
            String pianos,
            String title,
            String phone,
            String createdOn,
            String note) {}
}

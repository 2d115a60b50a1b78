package ca.assistantgazelle.alert.notification;

import java.util.List;

/** Content of the maintenance digest; texts as displayed, not escaped. */
public record MaintenanceDigestData(String subject, String intro, List<DigestDay> days, String closing, String link) {

    /** The alerts that were opened on one day. */
    public record DigestDay(String title, List<DigestLine> lines) {}

    /**
     * One alert.
     *
     * @param city empty when unknown
     * @param piano empty when the alert concerns no piano
     * @param evidence the sentence of the note that opened it
     */
    public record DigestLine(String client, String city, String piano, String evidence) {}
}

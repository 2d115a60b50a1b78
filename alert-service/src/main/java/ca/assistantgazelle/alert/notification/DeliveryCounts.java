package ca.assistantgazelle.alert.notification;

import ca.assistantgazelle.alert.mail.AlertsMode;
import ca.assistantgazelle.alert.mail.MailSendResult;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts mails, and the appointments in them, by delivery result. */
final class DeliveryCounts {
    private static final String[] OUTCOMES = {"sent", "redirected", "simulated", "failed", "ambiguous", "computed"};

    private final Map<String, Long> mails = new LinkedHashMap<>();
    private final Map<String, Long> appointments = new LinkedHashMap<>();
    private final Map<String, Object> details = new LinkedHashMap<>();
    private boolean retryable;
    private long takenOver;

    DeliveryCounts() {
        for (var word : OUTCOMES) {
            mails.put(word, 0L);
            appointments.put(word, 0L);
        }
    }

    void add(PendingMail mail, MailSendResult result, AlertsMode mode) {
        var word =
                switch (result) {
                    case MailSendResult.Accepted accepted -> mode == AlertsMode.LIVE ? "sent" : "redirected";
                    case MailSendResult.Refused refused -> "failed";
                    case MailSendResult.Unclear unclear -> "ambiguous";
                };
        retryable |= result instanceof MailSendResult.Refused refused && refused.retryable();
        add(word, 1, mail.notifications().size());
    }

    void add(String word, long someMails, long someAppointments) {
        mails.merge(word, someMails, Long::sum);
        appointments.merge(word, someAppointments, Long::sum);
    }

    /** Counts a mail that another run took over before it was sent. */
    void addTakenOver(PendingMail mail) {
        takenOver += mail.notifications().size();
    }

    /** Number of notifications that other runs took over. */
    long takenOver() {
        return takenOver;
    }

    void putDetail(String name, Object value) {
        details.put(name, value);
    }

    long mails(String word) {
        return mails.get(word);
    }

    /** Whether a later attempt may succeed. */
    boolean retryable() {
        return retryable;
    }

    Map<String, Map<String, Long>> counts() {
        return Map.of("mails", Map.copyOf(mails), "appointments", Map.copyOf(appointments));
    }

    Map<String, Object> details() {
        return Map.copyOf(details);
    }
}

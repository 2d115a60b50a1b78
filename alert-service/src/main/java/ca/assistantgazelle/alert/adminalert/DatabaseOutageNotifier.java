package ca.assistantgazelle.alert.adminalert;

import ca.assistantgazelle.alert.mail.AlertsConfig;
import ca.assistantgazelle.alert.mail.FrenchDateFormats;
import ca.assistantgazelle.alert.mail.MailSendResult;
import ca.assistantgazelle.alert.mail.MailSender;
import ca.assistantgazelle.alert.mail.OutgoingMail;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Mails the admin directly that the database is unavailable, since no notification can be stored then. Sent once per
 * process and outage, without retries.
 */
@Singleton
public class DatabaseOutageNotifier {
    private static final Logger LOG = Logger.getLogger(DatabaseOutageNotifier.class);

    private final MailSender mailSender;
    private final AlertsConfig config;
    private final Clock clock;

    DatabaseOutageNotifier(MailSender mailSender, AlertsConfig config, Clock clock) {
        this.mailSender = mailSender;
        this.config = config;
        this.clock = clock;
    }

    /** @param since how long it has been unreachable */
    public void notifyUnavailable(Duration since) {
        send(
                "unavailable",
                "[Gazelle] La base de données ne répond pas",
                List.of(
                        "La base de données ne répond plus depuis " + since.toMinutes() + " minutes.",
                        "Personne ne peut dire si les exécutions prévues ont eu lieu.",
                        TroubleshootingAdvice.of("DATABASE_UNAVAILABLE").action(),
                        "Guide : docs/depannage.md, « "
                                + TroubleshootingAdvice.of("DATABASE_UNAVAILABLE")
                                        .title()
                                + " »"));
    }

    /** After {@link #notifyUnavailable}. */
    public void notifyRecovered() {
        send(
                "available",
                "[Gazelle] La base de données répond de nouveau",
                List.of("La base de données répond de nouveau. Rien à faire."));
    }

    private void send(String what, String subject, List<String> lines) {
        if (!mailSender.sendsMail() || config.adminEmail().isEmpty()) {
            return;
        }
        var now = clock.instant();
        var data = new AdminMailData(
                subject,
                "Voici ce qu'il faut savoir (" + FrenchDateFormats.moment(now) + ") :",
                List.of(new AdminMailData.AdminMailSection(
                        subject.substring("[Gazelle] ".length()),
                        lines,
                        List.of(),
                        config.publicUrl()
                                .map(url -> url + "/api/scheduler/status")
                                .orElse(""))));
        var mail = new OutgoingMail(
                "<database-" + what + "-" + now.toEpochMilli() + "@" + mailSender.messageIdDomain() + ">",
                config.adminEmail().get(),
                subject,
                AdminMailTemplates.adminMailText(data).render().strip() + "\n",
                AdminMailTemplates.adminMailHtml(data).render());
        if (mailSender.send(mail) instanceof MailSendResult.Accepted) {
            LOG.infof("%s: sent to the admin", mail.id());
        } else {
            LOG.errorf("%s: failed to send to the admin", mail.id());
        }
    }
}

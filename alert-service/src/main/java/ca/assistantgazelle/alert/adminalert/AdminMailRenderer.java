package ca.assistantgazelle.alert.adminalert;

import ca.assistantgazelle.alert.mail.AlertsConfig;
import ca.assistantgazelle.alert.mail.FrenchDateFormats;
import ca.assistantgazelle.alert.mail.MailSender;
import ca.assistantgazelle.alert.mail.OutgoingMail;
import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.contract.digest.ContentDigests;
import ca.assistantgazelle.contract.value.SafeText;
import ca.assistantgazelle.runtime.redaction.SecretRedaction;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Renders the mails to the admin, in French. */
@Singleton
class AdminMailRenderer {
    private final JobCatalogue catalogue;
    private final AlertsConfig config;
    private final MailSender mailSender;

    AdminMailRenderer(JobCatalogue catalogue, AlertsConfig config, MailSender mailSender) {
        this.catalogue = catalogue;
        this.config = config;
        this.mailSender = mailSender;
    }

    /** @param claimed not empty */
    OutgoingMail render(List<ClaimedAdminNotification> claimed, String to) {
        var data = new AdminMailData(
                subject(claimed),
                claimed.size() == 1
                        ? "Voici ce qu'il faut savoir :"
                        : "Voici ce qu'il faut savoir, en " + claimed.size() + " points :",
                claimed.stream().map(this::section).toList());
        return new OutgoingMail(
                id(claimed),
                to,
                data.subject(),
                AdminMailTemplates.adminMailText(data).render().strip() + "\n",
                AdminMailTemplates.adminMailHtml(data).render(),
                claimed.stream()
                        .map(ClaimedAdminNotification::announcement)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    private String id(List<ClaimedAdminNotification> claimed) {
        var events = claimed.stream()
                .map(one -> one.notification().eventId())
                .sorted()
                .collect(Collectors.joining(","));
        return "<admin-" + ContentDigests.nameUuid(events) + "@" + mailSender.messageIdDomain() + ">";
    }

    private String subject(List<ClaimedAdminNotification> claimed) {
        var first = claimed.getFirst().notification();
        var more = claimed.size() == 1 ? "" : " (et " + (claimed.size() - 1) + " de plus)";
        return "[Gazelle] " + label(first.kind()) + " : " + topic(first) + more;
    }

    private static String label(AdminNotificationKind kind) {
        return switch (kind) {
            case RUN_OVERDUE -> "En retard";
            case RUN_RECOVERED -> "Rétabli";
            case RUN_FAILED -> "Échec";
            case TOKEN_EXPIRING, BACKUP_WARNING -> "Attention";
        };
    }

    private String topic(AdminNotification notification) {
        return notification.kind().isWarning()
                ? TroubleshootingAdvice.of(notification.error().errorClass()).title()
                : catalogue.find(notification.job()).map(JobDefinition::label).orElse(notification.job());
    }

    private AdminMailData.AdminMailSection section(ClaimedAdminNotification claimed) {
        var notification = claimed.notification();
        var lines = new ArrayList<String>();
        lines.add("Quand : " + FrenchDateFormats.moment(notification.at()));
        if (notification.kind() == AdminNotificationKind.RUN_RECOVERED) {
            lines.add("La tâche a de nouveau réussi. Rien à faire.");
        } else {
            var errorClass =
                    notification.error() == null ? null : notification.error().errorClass();
            var advice = TroubleshootingAdvice.of(errorClass);
            if (claimed.attempts() > 0) {
                lines.add("Tentatives : " + claimed.attempts());
            }
            lines.add("Cause : " + advice.cause());
            lines.add("À faire : " + advice.action());
            if (notification.error() != null) {
                lines.add("Message technique : "
                        + errorClass
                        + " — "
                        + SecretRedaction.redact(notification.error().message()));
            }
            lines.add("Guide : docs/depannage.md, « " + advice.title() + " »");
        }
        if (notification.runId() != null) {
            lines.add("Exécution : " + notification.runId());
        }
        return new AdminMailData.AdminMailSection(
                label(notification.kind()) + " : " + SafeText.oneLine(topic(notification)),
                lines.stream().map(SafeText::oneLine).toList(),
                notification.kind() == AdminNotificationKind.RUN_FAILED
                        ? claimed.logTail().stream()
                                .map(SecretRedaction::redact)
                                .map(SafeText::oneLine)
                                .toList()
                        : List.of(),
                config.publicUrl().map(url -> url + path(notification)).orElse(""));
    }

    private static String path(AdminNotification notification) {
        if (notification.runId() != null) {
            return "/api/scheduler/runs/" + notification.runId();
        }
        return notification.kind().isWarning()
                ? "/api/scheduler/status"
                : "/api/scheduler/runs?job=" + URLEncoder.encode(notification.job(), StandardCharsets.UTF_8);
    }
}

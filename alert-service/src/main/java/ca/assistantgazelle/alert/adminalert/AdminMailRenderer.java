package ca.assistantgazelle.alert.adminalert;

import ca.assistantgazelle.alert.mail.AlertsConfig;
import ca.assistantgazelle.alert.mail.FrenchFormats;
import ca.assistantgazelle.alert.mail.MailSender;
import ca.assistantgazelle.alert.mail.OutgoingMail;
import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.runtime.redaction.Redaction;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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

  /**
   * @param rings not empty
   */
  OutgoingMail render(List<AdminNotification> rings, String to) {
    var data =
        new AdminMailData(
            subject(rings),
            rings.size() == 1
                ? "Voici ce qu'il faut savoir :"
                : "Voici ce qu'il faut savoir, en " + rings.size() + " points :",
            rings.stream().map(this::section).toList());
    return new OutgoingMail(
        id(rings),
        to,
        data.subject(),
        AdminMailTemplates.adminMailText(data).render().strip() + "\n",
        AdminMailTemplates.adminMailHtml(data).render());
  }

  private String id(List<AdminNotification> rings) {
    var events =
        rings.stream().map(AdminNotification::eventId).sorted().collect(Collectors.joining(","));
    return "<bell-"
        + UUID.nameUUIDFromBytes(events.getBytes(StandardCharsets.UTF_8))
        + "@"
        + mailSender.messageIdDomain()
        + ">";
  }

  private String subject(List<AdminNotification> rings) {
    var first = rings.getFirst();
    var more = rings.size() == 1 ? "" : " (et " + (rings.size() - 1) + " de plus)";
    return "[Gazelle] " + label(first.event()) + " : " + topic(first) + more;
  }

  private static String label(NotificationKind event) {
    return switch (event) {
      case RUN_OVERDUE -> "En retard";
      case RUN_RECOVERED -> "Rétabli";
      case RUN_FAILED -> "Échec";
      case TOKEN_EXPIRING, BACKUP_WARNING -> "Attention";
    };
  }

  private String topic(AdminNotification notification) {
    return notification.event().isWarning()
        ? TroubleshootingAdvice.of(notification.error().errorClass()).title()
        : catalogue.find(notification.job()).map(JobDefinition::label).orElse(notification.job());
  }

  private AdminMailData.AdminMailSection section(AdminNotification notification) {
    var lines = new ArrayList<String>();
    lines.add("Quand : " + FrenchFormats.moment(notification.at()));
    if (notification.event() == NotificationKind.RUN_RECOVERED) {
      lines.add("L'exécution attendue a finalement réussi. Rien à faire.");
    } else {
      var errorClass = notification.error() == null ? null : notification.error().errorClass();
      var advice = TroubleshootingAdvice.of(errorClass);
      if (notification.attempts() > 0) {
        lines.add("Tentatives : " + notification.attempts());
      }
      lines.add("Cause : " + advice.cause());
      lines.add("À faire : " + advice.action());
      if (notification.error() != null) {
        lines.add(
            "Message technique : "
                + errorClass
                + " — "
                + Redaction.redact(notification.error().message()));
      }
      lines.add("Guide : docs/depannage.md, « " + advice.title() + " »");
    }
    if (notification.runId() != null) {
      lines.add("Exécution : " + notification.runId());
    }
    return new AdminMailData.AdminMailSection(
        label(notification.event()) + " : " + topic(notification),
        lines,
        notification.event() == NotificationKind.RUN_FAILED
            ? notification.logTail().stream().map(Redaction::redact).toList()
            : List.of(),
        config.publicUrl().map(url -> url + path(notification)).orElse(""));
  }

  private static String path(AdminNotification notification) {
    return notification.runId() == null
        ? "/api/scheduler/status"
        : "/api/scheduler/runs/" + notification.runId();
  }
}

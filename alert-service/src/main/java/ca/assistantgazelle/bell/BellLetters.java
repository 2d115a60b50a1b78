package ca.assistantgazelle.bell;

import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.mail.AlertsConfig;
import ca.assistantgazelle.mail.French;
import ca.assistantgazelle.mail.Message;
import ca.assistantgazelle.mail.Postman;
import ca.assistantgazelle.runtime.redaction.Redaction;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Tells the admin of runs, in plain French. */
@Singleton
class BellLetters {
  private final JobCatalogue catalogue;
  private final AlertsConfig config;
  private final Postman postman;

  BellLetters(JobCatalogue catalogue, AlertsConfig config, Postman postman) {
    this.catalogue = catalogue;
    this.config = config;
    this.postman = postman;
  }

  /**
   * @param rings not empty
   */
  Message about(List<Ring> rings, String to) {
    var data =
        new BellData(
            subject(rings),
            rings.size() == 1
                ? "Voici ce qu'il faut savoir :"
                : "Voici ce qu'il faut savoir, en " + rings.size() + " points :",
            rings.stream().map(this::section).toList());
    return new Message(
        id(rings),
        to,
        data.subject(),
        BellTemplates.bellText(data).render().strip() + "\n",
        BellTemplates.bellHtml(data).render());
  }

  private String id(List<Ring> rings) {
    var events = rings.stream().map(Ring::eventId).sorted().collect(Collectors.joining(","));
    return "<bell-"
        + UUID.nameUUIDFromBytes(events.getBytes(StandardCharsets.UTF_8))
        + "@"
        + postman.domain()
        + ">";
  }

  private String subject(List<Ring> rings) {
    var first = rings.getFirst();
    var more = rings.size() == 1 ? "" : " (et " + (rings.size() - 1) + " de plus)";
    return "[Gazelle] " + word(first.event()) + " : " + what(first) + more;
  }

  private static String word(Occasion event) {
    return switch (event) {
      case RUN_OVERDUE -> "En retard";
      case RUN_RECOVERED -> "Rétabli";
      case RUN_FAILED -> "Échec";
      case TOKEN_EXPIRING, BACKUP_WARNING -> "Attention";
    };
  }

  private String what(Ring ring) {
    return ring.event().isWarning()
        ? Advice.of(ring.error().errorClass()).title()
        : catalogue.find(ring.job()).map(JobDefinition::label).orElse(ring.job());
  }

  private BellData.Section section(Ring ring) {
    var lines = new ArrayList<String>();
    lines.add("Quand : " + French.moment(ring.at()));
    if (ring.event() == Occasion.RUN_RECOVERED) {
      lines.add("L'exécution attendue a finalement réussi. Rien à faire.");
    } else {
      var errorClass = ring.error() == null ? null : ring.error().errorClass();
      var advice = Advice.of(errorClass);
      if (ring.attempts() > 0) {
        lines.add("Tentatives : " + ring.attempts());
      }
      lines.add("Cause : " + advice.cause());
      lines.add("À faire : " + advice.action());
      if (ring.error() != null) {
        lines.add(
            "Message technique : " + errorClass + " — " + Redaction.redact(ring.error().message()));
      }
      lines.add("Guide : docs/depannage.md, « " + advice.title() + " »");
    }
    if (ring.runId() != null) {
      lines.add("Exécution : " + ring.runId());
    }
    return new BellData.Section(
        word(ring.event()) + " : " + what(ring),
        lines,
        ring.event() == Occasion.RUN_FAILED
            ? ring.logTail().stream().map(Redaction::redact).toList()
            : List.of(),
        config.publicUrl().map(url -> url + page(ring)).orElse(""));
  }

  private static String page(Ring ring) {
    return ring.runId() == null ? "/api/scheduler/status" : "/api/scheduler/runs/" + ring.runId();
  }
}

package ca.assistantgazelle.bell;

import ca.assistantgazelle.mail.AlertsConfig;
import ca.assistantgazelle.mail.French;
import ca.assistantgazelle.mail.Message;
import ca.assistantgazelle.mail.Postman;
import ca.assistantgazelle.mail.Receipt;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Tells the admin what cannot be noted anywhere: that the database itself is away. Each process
 * tells it once; nothing is tried again.
 */
@Singleton
public class DirectNotice {
  private static final Logger LOG = Logger.getLogger(DirectNotice.class);

  private final Postman postman;
  private final AlertsConfig config;
  private final Clock clock;

  DirectNotice(Postman postman, AlertsConfig config, Clock clock) {
    this.postman = postman;
    this.config = config;
    this.clock = clock;
  }

  /**
   * @param since how long nobody could reach it
   */
  public void databaseIsAway(Duration since) {
    tell(
        "away",
        "[Gazelle] La base de données ne répond pas",
        List.of(
            "La base de données ne répond plus depuis " + since.toMinutes() + " minutes.",
            "Personne ne peut dire si les exécutions prévues ont eu lieu.",
            Advice.of("DATABASE_UNAVAILABLE").action(),
            "Guide : docs/depannage.md, « " + Advice.of("DATABASE_UNAVAILABLE").title() + " »"));
  }

  /** After {@link #databaseIsAway}. */
  public void databaseIsBack() {
    tell(
        "back",
        "[Gazelle] La base de données répond de nouveau",
        List.of("La base de données répond de nouveau. Rien à faire."));
  }

  private void tell(String what, String subject, List<String> lines) {
    if (!postman.connects() || config.adminEmail().isEmpty()) {
      return;
    }
    var now = clock.instant();
    var data =
        new BellData(
            subject,
            "Voici ce qu'il faut savoir (" + French.moment(now) + ") :",
            List.of(
                new BellData.Section(
                    subject.substring("[Gazelle] ".length()),
                    lines,
                    List.of(),
                    config.publicUrl().map(url -> url + "/api/scheduler/status").orElse(""))));
    var message =
        new Message(
            "<database-" + what + "-" + now.toEpochMilli() + "@" + postman.domain() + ">",
            config.adminEmail().get(),
            subject,
            BellTemplates.bellText(data).render().strip() + "\n",
            BellTemplates.bellHtml(data).render());
    if (postman.send(message) instanceof Receipt.Accepted) {
      LOG.infof("%s: the admin was told", message.id());
    } else {
      LOG.errorf("%s: the admin could not be told", message.id());
    }
  }
}

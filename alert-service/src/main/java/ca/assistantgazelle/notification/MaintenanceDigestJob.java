package ca.assistantgazelle.notification;

import ca.assistantgazelle.appointment.Appointment;
import ca.assistantgazelle.appointment.Confirmation;
import ca.assistantgazelle.contract.institution.InstitutionDirectory;
import ca.assistantgazelle.mail.AlertsConfig;
import ca.assistantgazelle.mail.French;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.worker.execution.JobContext;
import ca.assistantgazelle.worker.execution.JobFailedException;
import ca.assistantgazelle.worker.execution.JobHandler;
import ca.assistantgazelle.worker.execution.JobResult;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Tells the office of maintenance alerts that were opened at institutions, each once. Off unless a
 * catalogue of one's own has the job (docs/alerts.md).
 */
@Singleton
final class MaintenanceDigestJob implements JobHandler {
  private static final String JOB = "alertes_maintenance";
  private static final String KIND = "MAINTENANCE";

  /** A first run must not tell of years. */
  private static final Duration OLDEST = Duration.ofDays(14);

  private static final String OPEN =
      """
      select a.id::text as id, a.opened_at, coalesce(a.evidence, '') as evidence,
        c.external_id as client_id, c.company_name, c.first_name, c.last_name, c.city,
        trim(concat_ws(' ', p.make, p.model, case when coalesce(p.location, '') = '' then null else '(' || p.location || ')' end)) as piano
      from automation.maintenance_alert a
        left join public.gazelle_pianos p on p.external_id = a.piano_id
        join public.gazelle_clients c on c.external_id = coalesce(a.client_id, p.client_external_id)
      where a.status = 'OPEN' and a.opened_at >= $1
      order by a.opened_at, a.id
      """;

  private final Database database;
  private final InstitutionDirectory institutions;
  private final Announcement announcement;
  private final Letters letters;
  private final AlertsConfig config;
  private final Clock clock;

  MaintenanceDigestJob(
      Database database,
      InstitutionDirectory institutions,
      Announcement announcement,
      Letters letters,
      AlertsConfig config,
      Clock clock) {
    this.database = database;
    this.institutions = institutions;
    this.announcement = announcement;
    this.letters = letters;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public Set<String> jobIds() {
    return Set.of(JOB);
  }

  @Override
  public JobResult run(JobContext context) throws JobFailedException, InterruptedException {
    var alerts = open();
    var items = alerts.stream().map(alert -> new Item(alert, Notifications.OFFICE)).toList();
    return announcement.of(context, KIND, items, new Tally(), claimed -> written(alerts, claimed));
  }

  private List<Letter> written(List<Appointment> alerts, Map<String, Map<String, UUID>> claimed) {
    var ours = claimed.getOrDefault(Notifications.OFFICE, Map.of());
    if (ours.isEmpty()) {
      return List.of();
    }
    var news = alerts.stream().filter(alert -> ours.containsKey(alert.externalId())).toList();
    var ids = List.copyOf(ours.values());
    return List.of(
        config
            .officeEmail()
            .map(office -> new Letter(letters.maintenance(news, office), ids, null))
            .orElseGet(() -> new Letter(null, ids, "OFFICE_EMAIL is not set")));
  }

  private List<Appointment> open() {
    var found = new ArrayList<Appointment>();
    database.list(
        OPEN,
        row -> {
          var institution =
              institutions.find(
                  row.getString("client_id"),
                  row.getString("company_name"),
                  row.getString("first_name"),
                  row.getString("last_name"));
          if (institution.isPresent()) {
            found.add(alert(row));
          }
          return true;
        },
        clock.instant().minus(OLDEST).atOffset(ZoneOffset.UTC));
    return found;
  }

  // In the shape of what is announced: a day, a client, a piano, and words.
  private static Appointment alert(Row row) {
    var opened = row.getOffsetDateTime("opened_at").atZoneSameInstant(French.ZONE);
    return new Appointment(
        row.getString("id"),
        opened.toLocalDate(),
        null,
        Confirmation.UNCONFIRMED,
        null,
        row.getString("client_id"),
        Objects.requireNonNullElse(row.getString("company_name"), "Inconnu"),
        Objects.requireNonNullElse(row.getString("city"), ""),
        Objects.requireNonNullElse(row.getString("piano"), ""),
        row.getString("evidence"),
        "",
        null);
  }
}

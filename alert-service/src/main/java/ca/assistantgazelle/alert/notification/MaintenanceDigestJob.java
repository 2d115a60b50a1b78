package ca.assistantgazelle.alert.notification;

import ca.assistantgazelle.alert.appointment.Appointment;
import ca.assistantgazelle.alert.appointment.ConfirmationStatus;
import ca.assistantgazelle.alert.mail.AlertsConfig;
import ca.assistantgazelle.alert.mail.FrenchFormats;
import ca.assistantgazelle.contract.institution.InstitutionDirectory;
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
 * Mails the office about new maintenance alerts at institutions, each once. Off unless a custom
 * {@code JOBS_FILE} has the job (docs/alerts.md).
 */
@Singleton
final class MaintenanceDigestJob implements JobHandler {
  private static final String JOB = "alertes_maintenance";
  private static final String KIND = "MAINTENANCE";

  /** Prevents the first run from sending years of alerts. */
  private static final Duration MAX_ALERT_AGE = Duration.ofDays(14);

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
  private final NotificationDispatcher dispatcher;
  private final EmailRenderer renderer;
  private final AlertsConfig config;
  private final Clock clock;

  MaintenanceDigestJob(
      Database database,
      InstitutionDirectory institutions,
      NotificationDispatcher dispatcher,
      EmailRenderer renderer,
      AlertsConfig config,
      Clock clock) {
    this.database = database;
    this.institutions = institutions;
    this.dispatcher = dispatcher;
    this.renderer = renderer;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public Set<String> jobIds() {
    return Set.of(JOB);
  }

  @Override
  public JobResult run(JobContext context) throws JobFailedException, InterruptedException {
    var alerts = openAlerts();
    var items =
        alerts.stream()
            .map(alert -> new NotificationItem(alert, NotificationStore.OFFICE))
            .toList();
    return dispatcher.dispatch(
        context, KIND, items, new DeliveryCounts(), claimed -> renderMails(alerts, claimed));
  }

  private List<NotificationMail> renderMails(
      List<Appointment> alerts, Map<String, Map<String, UUID>> claimed) {
    var ours = claimed.getOrDefault(NotificationStore.OFFICE, Map.of());
    if (ours.isEmpty()) {
      return List.of();
    }
    var news = alerts.stream().filter(alert -> ours.containsKey(alert.externalId())).toList();
    var ids = List.copyOf(ours.values());
    return List.of(
        config
            .officeEmail()
            .map(office -> new NotificationMail(renderer.maintenanceMail(news, office), ids, null))
            .orElseGet(() -> new NotificationMail(null, ids, "OFFICE_EMAIL is not set")));
  }

  private List<Appointment> openAlerts() {
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
            found.add(toAppointment(row));
          }
          return true;
        },
        clock.instant().minus(MAX_ALERT_AGE).atOffset(ZoneOffset.UTC));
    return found;
  }

  // Mapped to an appointment, the form in which notifications are sent.
  private static Appointment toAppointment(Row row) {
    var opened = row.getOffsetDateTime("opened_at").atZoneSameInstant(FrenchFormats.ZONE);
    return new Appointment(
        row.getString("id"),
        opened.toLocalDate(),
        null,
        ConfirmationStatus.UNCONFIRMED,
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

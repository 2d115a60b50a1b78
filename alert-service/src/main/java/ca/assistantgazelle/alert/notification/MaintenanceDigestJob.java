package ca.assistantgazelle.alert.notification;

import ca.assistantgazelle.alert.mail.AlertsConfig;
import ca.assistantgazelle.alert.mail.FrenchDateFormats;
import ca.assistantgazelle.alert.mail.MailSender;
import ca.assistantgazelle.alert.mail.OutgoingMail;
import ca.assistantgazelle.alert.notification.MaintenanceDigestData.DigestDay;
import ca.assistantgazelle.alert.notification.MaintenanceDigestData.DigestLine;
import ca.assistantgazelle.contract.digest.ContentDigests;
import ca.assistantgazelle.contract.institution.InstitutionDirectory;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.worker.execution.JobContext;
import ca.assistantgazelle.worker.execution.JobFailedException;
import ca.assistantgazelle.worker.execution.JobHandler;
import ca.assistantgazelle.worker.execution.JobResult;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Mails the office each maintenance alert that was opened at an institution, once. The bundled catalogue does not
 * contain the job; a catalogue of your own turns it on (docs/alerts.md).
 */
@Singleton
final class MaintenanceDigestJob implements JobHandler {
    private static final String JOB = "alertes_maintenance";

    /** Limits the first run. */
    private static final Duration MAX_AGE = Duration.ofDays(14);

    private static final String OPEN_ALERTS = """
      select a.id::text as id, a.opened_at, coalesce(a.evidence, '') as evidence,
        c.external_id as client_id, c.company_name, c.first_name, c.last_name, c.city,
        trim(concat_ws(' ', p.make, p.model, case when coalesce(p.location, '') = '' then null else '(' || p.location || ')' end)) as piano
      from automation.v_open_maintenance_alert a
        left join public.gazelle_pianos p on p.external_id = a.piano_id
        join public.gazelle_clients c on c.external_id = coalesce(a.client_id, p.client_external_id)
      where a.opened_at >= $1
      order by a.opened_at, a.id
      """;

    private record InstitutionAlert(String id, LocalDate openedOn, DigestLine line) {}

    private final Database database;
    private final InstitutionDirectory institutions;
    private final NotificationDispatcher dispatcher;
    private final MailSender mailSender;
    private final AlertsConfig config;
    private final Clock clock;

    MaintenanceDigestJob(
            Database database,
            InstitutionDirectory institutions,
            NotificationDispatcher dispatcher,
            MailSender mailSender,
            AlertsConfig config,
            Clock clock) {
        this.database = database;
        this.institutions = institutions;
        this.dispatcher = dispatcher;
        this.mailSender = mailSender;
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
        var items = alerts.stream()
                .map(alert -> new NotificationItem(alert.id(), NotificationStore.OFFICE, null, null))
                .toList();
        return dispatcher.dispatch(
                context,
                NotificationType.MAINTENANCE,
                items,
                new DeliveryCounts(),
                claimed -> renderMails(alerts, claimed));
    }

    private List<InstitutionAlert> openAlerts() {
        var alerts = new ArrayList<InstitutionAlert>();
        database.list(
                OPEN_ALERTS,
                row -> isOfInstitution(row) && alerts.add(alert(row)),
                clock.instant().minus(MAX_AGE));
        return alerts;
    }

    private boolean isOfInstitution(Row row) {
        return institutions
                .find(
                        row.getString("client_id"),
                        row.getString("company_name"),
                        row.getString("first_name"),
                        row.getString("last_name"))
                .isPresent();
    }

    private static InstitutionAlert alert(Row row) {
        return new InstitutionAlert(
                row.getString("id"),
                LocalDate.ofInstant(SqlQueries.instant(row, "opened_at"), FrenchDateFormats.ZONE),
                new DigestLine(
                        Objects.requireNonNullElse(row.getString("company_name"), "Inconnu"),
                        Objects.requireNonNullElse(row.getString("city"), ""),
                        Objects.requireNonNullElse(row.getString("piano"), ""),
                        row.getString("evidence")));
    }

    private List<PendingMail> renderMails(List<InstitutionAlert> alerts, ClaimedNotificationItems claimed) {
        if (claimed.size() == 0) {
            return List.of();
        }
        var ids = claimed.ids();
        if (config.officeEmail().isEmpty()) {
            return List.of(new PendingMail(null, ids, "OFFICE_EMAIL is not set"));
        }
        var own = claimed.of(NotificationStore.OFFICE);
        var included =
                alerts.stream().filter(alert -> own.containsKey(alert.id())).toList();
        return List.of(new PendingMail(render(included, config.officeEmail().get()), ids, null));
    }

    private OutgoingMail render(List<InstitutionAlert> alerts, String to) {
        var digest = new MaintenanceDigestData(
                "[Entretien] " + alerts.size() + (alerts.size() == 1 ? " nouvelle alerte" : " nouvelles alertes"),
                "Ces alertes d'entretien ont été ouvertes chez les institutions.",
                byDay(alerts),
                "La liste complète est dans l'onglet « Alertes Maintenance » du rapport.",
                config.publicUrl().map(url -> url + "/api/scheduler/status").orElse(""));
        var subjects = alerts.stream().map(InstitutionAlert::id).sorted();
        return new OutgoingMail(
                "<maintenance-%s@%s>"
                        .formatted(
                                ContentDigests.nameUuid(subjects.collect(Collectors.joining(","))),
                                mailSender.messageIdDomain()),
                to,
                digest.subject(),
                MaintenanceDigestTemplates.digestText(digest).render().strip() + "\n",
                MaintenanceDigestTemplates.digestHtml(digest).render());
    }

    private static List<DigestDay> byDay(List<InstitutionAlert> alerts) {
        return alerts.stream()
                .collect(Collectors.groupingBy(
                        InstitutionAlert::openedOn,
                        TreeMap::new,
                        Collectors.mapping(InstitutionAlert::line, Collectors.toList())))
                .entrySet()
                .stream()
                .map(day -> new DigestDay(capitalise(FrenchDateFormats.day(day.getKey())), day.getValue()))
                .toList();
    }

    private static String capitalise(String text) {
        return text.substring(0, 1).toUpperCase(Locale.CANADA_FRENCH) + text.substring(1);
    }
}

package ca.assistantgazelle.notification;

import ca.assistantgazelle.appointment.Appointment;
import ca.assistantgazelle.appointment.Check;
import ca.assistantgazelle.appointment.Checks;
import ca.assistantgazelle.appointment.Window;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.mail.AlertsConfig;
import ca.assistantgazelle.mail.French;
import ca.assistantgazelle.worker.execution.JobContext;
import ca.assistantgazelle.worker.execution.JobFailedException;
import ca.assistantgazelle.worker.execution.JobHandler;
import ca.assistantgazelle.worker.execution.JobResult;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Tells technicians of their unconfirmed appointments, and the office of those that are nobody's.
 */
@Singleton
final class UnconfirmedAlertsJob implements JobHandler {
  private static final String SHORT = "alertes_rv_court_terme";
  private static final String LONG = "alertes_rv_long_terme";

  private final Checks checks;
  private final Announcement announcement;
  private final Letters letters;
  private final AlertsConfig config;
  private final Clock clock;

  UnconfirmedAlertsJob(
      Checks checks, Announcement announcement, Letters letters, AlertsConfig config, Clock clock) {
    this.checks = checks;
    this.announcement = announcement;
    this.letters = letters;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public Set<String> jobIds() {
    return Set.of(SHORT, LONG);
  }

  @Override
  public JobResult run(JobContext context) throws JobFailedException, InterruptedException {
    var check = checks.of(window(context), technicians(context));
    warn(context, check);
    return announcement.of(
        context,
        check.window().kind(),
        items(check),
        described(check),
        claimed -> written(check, claimed));
  }

  // A run that was planned looks at the days it was planned for, however late its attempt is.
  private Window window(JobContext context) throws JobFailedException {
    var nominal = context.trigger().nominal();
    var today = LocalDate.now(clock.withZone(French.ZONE));
    var day = nominal == null ? today : LocalDate.parse(nominal.substring(0, 10));
    var asked = context.trigger().parameters().get("target_date");
    var window =
        context.trigger().job().equals(LONG)
            ? Window.longTerme(day)
            : Window.courtTerme(
                asked == null ? day.plusDays(1) : LocalDate.parse(asked.toString()));
    if (window.last().isBefore(today)) {
      throw new JobFailedException(
          new RunError(
              "ALERT_DATE_PAST",
              false,
              "The day " + window.last() + " is over; nobody is told of what was.",
              "Name today or a later day."));
    }
    return window;
  }

  /** Null = everybody; an empty list is nobody. */
  private static List<String> technicians(JobContext context) {
    return context.trigger().parameters().get("technician_ids") instanceof List<?> ids
        ? ids.stream().map(String::valueOf).toList()
        : null;
  }

  private static void warn(JobContext context, Check check) {
    check
        .office()
        .forEach(
            one ->
                context
                    .log()
                    .warn(
                        "%s goes to the office: %s", one.appointment().externalId(), one.reason()));
    if (!check.unknown().isEmpty()) {
      context
          .log()
          .warn("%d appointments whose confirmation was never read", check.unknown().size());
    }
  }

  private static Tally described(Check check) {
    var tally = new Tally();
    tally.detail("window", check.window().first() + "/" + check.window().last());
    tally.detail("data_as_of", String.valueOf(check.lastSync()));
    tally.detail("unconfirmed", check.total());
    tally.detail("unknown", check.unknown().size());
    tally.detail("institutions_left_out", check.institutions());
    return tally;
  }

  private static List<Item> items(Check check) {
    var items = new ArrayList<Item>();
    check
        .technicians()
        .forEach(
            (technician, list) -> list.forEach(one -> items.add(new Item(one, technician.id()))));
    check.office().forEach(one -> items.add(new Item(one.appointment(), Notifications.OFFICE)));
    check.unknown().forEach(one -> items.add(new Item(one, Notifications.OFFICE)));
    return items;
  }

  private List<Letter> written(Check check, Map<String, Map<String, UUID>> claimed) {
    var all = new ArrayList<Letter>();
    check
        .technicians()
        .forEach(
            (technician, list) -> {
              var ours = claimed.getOrDefault(technician.id(), Map.of());
              var news = ours(list, ours);
              if (!news.isEmpty()) {
                all.add(
                    new Letter(
                        letters.toTechnician(check, technician, news),
                        List.copyOf(ours.values()),
                        null));
              }
            });
    var office = claimed.getOrDefault(Notifications.OFFICE, Map.of());
    if (!office.isEmpty()) {
      all.add(toOffice(check, office));
    }
    return all;
  }

  private Letter toOffice(Check check, Map<String, UUID> ours) {
    var ids = List.copyOf(ours.values());
    if (config.officeEmail().isEmpty()) {
      return new Letter(null, ids, "OFFICE_EMAIL is not set");
    }
    var unrouted =
        check.office().stream()
            .filter(one -> ours.containsKey(one.appointment().externalId()))
            .toList();
    return new Letter(
        letters.toOffice(check, unrouted, ours(check.unknown(), ours), config.officeEmail().get()),
        ids,
        null);
  }

  private static List<Appointment> ours(List<Appointment> list, Map<String, UUID> ours) {
    return list.stream().filter(one -> ours.containsKey(one.externalId())).toList();
  }
}

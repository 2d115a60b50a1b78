package ca.assistantgazelle.alert.notification;

import ca.assistantgazelle.alert.mail.AlertsMode;
import ca.assistantgazelle.alert.mail.MailSender;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import ca.assistantgazelle.worker.execution.JobContext;
import ca.assistantgazelle.worker.execution.JobFailedException;
import ca.assistantgazelle.worker.execution.JobResult;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Dispatches the notifications of a run: claims them, sends them and records the results. */
@Singleton
final class NotificationDispatcher {
  private final MailSender mailSender;
  private final DatabaseRetry databaseRetry;

  NotificationDispatcher(MailSender mailSender, DatabaseRetry databaseRetry) {
    this.mailSender = mailSender;
    this.databaseRetry = databaseRetry;
  }

  /**
   * Sends the notifications that were not sent before, as the mode allows.
   *
   * @param kind each appointment is announced once per kind
   * @param counts the job's details; completed here
   * @param letters renders the mails of the claimed notifications, given their ids by recipient and
   *     appointment
   * @throws JobFailedException unless every mail was definitely accepted
   */
  JobResult dispatch(
      JobContext context,
      String kind,
      List<NotificationItem> items,
      DeliveryCounts counts,
      Function<Map<String, Map<String, UUID>>, List<NotificationMail>> letters)
      throws JobFailedException, InterruptedException {
    counts.putDetail("alerts_mode", mailSender.mode().value());
    if (mailSender.mode() == AlertsMode.OFF) {
      counts.add(
          "computed",
          items.stream().map(NotificationItem::recipient).distinct().count(),
          items.size());
      context.log().info("alerts are off: no mail is sent");
      return new JobResult(counts.counts(), counts.details());
    }
    context.write(transaction -> NotificationStore.markUnclear(transaction, context.trigger()));
    var claimed = claim(context, kind, items);
    long held = countHeld(context, kind, items, claimed, counts);
    if (mailSender.mode() == AlertsMode.DRY_RUN) {
      simulate(context, claimed, counts);
    } else {
      new MailBatch(context, mailSender, databaseRetry, counts).send(letters.apply(claimed));
    }
    return DeliveryResult.toJobResult(
        counts,
        NotificationStore.countUnclear(context.read(), context.trigger()),
        held + counts.skipped());
  }

  private Map<String, Map<String, UUID>> claim(
      JobContext context, String kind, List<NotificationItem> items) {
    var claimed = new HashMap<String, Map<String, UUID>>();
    context
        .write(
            transaction ->
                NotificationStore.claim(
                    transaction, context.trigger(), kind, items, mailSender.mode()))
        .forEach(
            one ->
                claimed
                    .computeIfAbsent(one.recipient(), key -> new HashMap<>())
                    .put(one.appointmentId(), one.id()));
    return claimed;
  }

  /** Number of notifications that another run is about to send. */
  private static long countHeld(
      JobContext context,
      String kind,
      List<NotificationItem> items,
      Map<String, Map<String, UUID>> claimed,
      DeliveryCounts counts) {
    var statuses = NotificationStore.countByStatus(context.read(), kind, items);
    counts.putDetail("told_before", statuses.getOrDefault("SENT", 0L));
    counts.putDetail("unclear_before", statuses.getOrDefault("AMBIGUOUS", 0L));
    long ours = claimed.values().stream().mapToLong(Map::size).sum();
    return statuses.getOrDefault("CLAIMED", 0L) + statuses.getOrDefault("SENDING", 0L) - ours;
  }

  private static void simulate(
      JobContext context, Map<String, Map<String, UUID>> claimed, DeliveryCounts counts) {
    var ids = claimed.values().stream().flatMap(ours -> ours.values().stream()).toList();
    context.write(
        transaction -> {
          NotificationStore.markSimulated(transaction, ids);
          return null;
        });
    counts.add("simulated", claimed.size(), ids.size());
  }
}

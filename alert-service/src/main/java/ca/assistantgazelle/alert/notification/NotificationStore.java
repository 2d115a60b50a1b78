package ca.assistantgazelle.alert.notification;

import ca.assistantgazelle.alert.mail.AlertsMode;
import ca.assistantgazelle.alert.mail.SendResult;
import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Stores notifications and their delivery status. A row is claimed before its mail is sent, so that
 * an appointment is announced to a recipient only once per window and time (docs/alerts.md).
 */
final class NotificationStore {
  static final String OFFICE = "OFFICE";

  /** Claimed by another run whose worker is alive. */
  private static final String HELD_BY_LIVE_RUN =
      """
      exists (select from automation.inbox i
        where i.run_id = n.run_id and i.attempt = n.attempt and i.state = 'running' and i.lease_until > automation.statement_time()
          and i.run_id <> $RUN)
      """;

  private static final String CLAIM_ROWS =
      """
      insert into automation.notification as n (kind, appointment_external_id, recipient, local_date, schedule_snapshot, status, run_id, attempt)
      select $1, appointment, recipient, day, snapshot, 'CLAIMED', $6, $7
      from unnest($2::text[], $3::text[], $4::date[], $5::text[]) as t (appointment, recipient, day, snapshot)
      on conflict (kind, appointment_external_id, recipient, local_date, schedule_snapshot) do update
      set status = 'CLAIMED', run_id = excluded.run_id, attempt = excluded.attempt, error = null, updated_at = now()
      where n.status = any ($8) or (n.status = 'CLAIMED' and not %s)
      returning id, appointment_external_id, recipient
      """
          .formatted(HELD_BY_LIVE_RUN.replace("$RUN", "$6"));

  private static final String MARK_UNCLEAR =
      """
      update automation.notification n
      set status = 'AMBIGUOUS', error = 'the worker stopped while it was sending', updated_at = now()
      where n.status = 'SENDING' and not %s
      """
          .formatted(HELD_BY_LIVE_RUN.replace("$RUN", "$1"));

  private NotificationStore() {}

  /** Mails that a dead worker was sending: their delivery is uncertain. */
  static int markUnclear(SqlQueries transaction, TriggerEvent trigger) {
    return transaction.update(MARK_UNCLEAR, trigger.runId());
  }

  /** Claims the items that were not announced before. */
  static List<ClaimedNotification> claim(
      SqlQueries transaction,
      TriggerEvent trigger,
      String kind,
      List<NotificationItem> items,
      AlertsMode mode) {
    return transaction.list(
        CLAIM_ROWS,
        row ->
            new ClaimedNotification(
                row.getUUID("id"),
                row.getString("appointment_external_id"),
                row.getString("recipient")),
        kind,
        column(items, item -> item.appointment().externalId()),
        column(items, NotificationItem::recipient),
        items.stream().map(item -> item.appointment().date()).toArray(LocalDate[]::new),
        column(items, item -> item.appointment().snapshot()),
        trigger.runId(),
        trigger.attempt(),
        claimable(mode).toArray(String[]::new));
  }

  // Simulated notifications may be sent later in another mode.
  private static List<String> claimable(AlertsMode mode) {
    return switch (mode) {
      case OFF, DRY_RUN -> List.of("FAILED");
      case REDIRECT -> List.of("FAILED", "SIMULATED");
      case LIVE -> List.of("FAILED", "SIMULATED", "REDIRECTED");
    };
  }

  private static String[] column(
      List<NotificationItem> items, Function<NotificationItem, String> value) {
    return items.stream().map(value).toArray(String[]::new);
  }

  /** Number of items by status, without those never claimed. */
  static Map<String, Long> countByStatus(
      SqlQueries queries, String kind, List<NotificationItem> items) {
    return queries
        .list(
            """
            select n.status from automation.notification n
              join unnest($2::text[], $3::text[], $4::date[], $5::text[]) as t (appointment, recipient, day, snapshot)
                on n.appointment_external_id = t.appointment and n.recipient = t.recipient and n.local_date = t.day and n.schedule_snapshot = t.snapshot
            where n.kind = $1
            """,
            row -> row.getString("status"),
            kind,
            column(items, item -> item.appointment().externalId()),
            column(items, NotificationItem::recipient),
            items.stream().map(item -> item.appointment().date()).toArray(LocalDate[]::new),
            column(items, item -> item.appointment().snapshot()))
        .stream()
        .collect(Collectors.groupingBy(status -> status, Collectors.counting()));
  }

  /** Number of notifications of this run, in all its attempts, whose delivery is uncertain. */
  static long countUnclear(SqlQueries queries, TriggerEvent trigger) {
    return queries
        .first(
            "select count(*) from automation.notification where run_id = $1 and status = 'AMBIGUOUS'",
            row -> row.getLong(0),
            trigger.runId())
        .orElse(0L);
  }

  /** False when some of them are no longer claimed by this attempt; then none is marked. */
  static boolean markSending(
      SqlQueries transaction, TriggerEvent trigger, List<UUID> ids, String messageId) {
    var ours =
        transaction.list(
            "select id from automation.notification where id = any ($1) and status = 'CLAIMED' and run_id = $2 and attempt = $3 for update",
            row -> row.getUUID("id"),
            ids.toArray(UUID[]::new),
            trigger.runId(),
            trigger.attempt());
    if (ours.size() < ids.size()) {
      return false;
    }
    transaction.update(
        "update automation.notification set status = 'SENDING', attempts = attempts + 1, message_id = $2, updated_at = now() where id = any ($1)",
        ids.toArray(UUID[]::new),
        messageId);
    return true;
  }

  static void markSimulated(SqlQueries transaction, List<UUID> ids) {
    transaction.update(
        "update automation.notification set status = 'SIMULATED', updated_at = now() where id = any ($1)",
        (Object) ids.toArray(UUID[]::new));
  }

  /** Records the result. SENT only when the server accepted the mail in mode live. */
  static void recordResult(
      SqlQueries transaction,
      TriggerEvent trigger,
      List<UUID> ids,
      SendResult result,
      AlertsMode mode) {
    switch (result) {
      case SendResult.Accepted accepted ->
          setStatus(
              transaction,
              trigger,
              ids,
              mode == AlertsMode.LIVE ? "SENT" : "REDIRECTED",
              accepted.providerId(),
              null);
      case SendResult.Refused refused ->
          setStatus(transaction, trigger, ids, "FAILED", null, refused.reason());
      case SendResult.Unclear unclear ->
          setStatus(transaction, trigger, ids, "AMBIGUOUS", null, unclear.reason());
    }
  }

  private static void setStatus(
      SqlQueries transaction,
      TriggerEvent trigger,
      List<UUID> ids,
      String status,
      String providerId,
      String reason) {
    transaction.update(
        "update automation.notification set status = $2, provider_id = $3, error = $4, updated_at = now() where id = any ($1) and run_id = $5 and attempt = $6",
        ids.toArray(UUID[]::new),
        status,
        providerId,
        reason,
        trigger.runId(),
        trigger.attempt());
  }
}

package ca.assistantgazelle.notification;

import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.mail.Mode;
import ca.assistantgazelle.mail.Receipt;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Remembers who was told of which appointment. Source: reference/report-alerts.md §2.5, TARGET: a
 * row is claimed before anything is sent, and nobody is told twice of the same appointment at the
 * same time in the same window.
 */
final class Notifications {
  static final String OFFICE = "OFFICE";

  /** A claim of another run whose worker lives is not ours to take. */
  private static final String HELD =
      """
      exists (select from automation.inbox i
        where i.run_id = n.run_id and i.attempt = n.attempt and i.state = 'running' and i.lease_until > automation.statement_time()
          and i.run_id <> $RUN)
      """;

  private static final String CLAIM =
      """
      insert into automation.notification as n (kind, appointment_external_id, recipient, local_date, schedule_snapshot, status, run_id, attempt)
      select $1, appointment, recipient, day, snapshot, 'CLAIMED', $6, $7
      from unnest($2::text[], $3::text[], $4::date[], $5::text[]) as t (appointment, recipient, day, snapshot)
      on conflict (kind, appointment_external_id, recipient, local_date, schedule_snapshot) do update
      set status = 'CLAIMED', run_id = excluded.run_id, attempt = excluded.attempt, error = null, updated_at = now()
      where n.status = any ($8) or (n.status = 'CLAIMED' and not %s)
      returning id, appointment_external_id, recipient
      """
          .formatted(HELD.replace("$RUN", "$6"));

  private static final String UNCLEAR =
      """
      update automation.notification n
      set status = 'AMBIGUOUS', error = 'the worker stopped while it was sending', updated_at = now()
      where n.status = 'SENDING' and not %s
      """
          .formatted(HELD.replace("$RUN", "$1"));

  private Notifications() {}

  /** What a dead worker was sending: nobody knows whether it arrived. */
  static int markUnclear(SqlQueries transaction, TriggerEvent trigger) {
    return transaction.update(UNCLEAR, trigger.runId());
  }

  /** Those of the items that nobody was told of yet. */
  static List<Claimed> claim(
      SqlQueries transaction, TriggerEvent trigger, String kind, List<Item> items, Mode mode) {
    return transaction.list(
        CLAIM,
        row ->
            new Claimed(
                row.getUUID("id"),
                row.getString("appointment_external_id"),
                row.getString("recipient")),
        kind,
        column(items, item -> item.appointment().externalId()),
        column(items, Item::recipient),
        items.stream().map(item -> item.appointment().date()).toArray(LocalDate[]::new),
        column(items, item -> item.appointment().snapshot()),
        trigger.runId(),
        trigger.attempt(),
        claimable(mode).toArray(String[]::new));
  }

  // What was only simulated may be sent for real later.
  private static List<String> claimable(Mode mode) {
    return switch (mode) {
      case OFF, DRY_RUN -> List.of("FAILED");
      case REDIRECT -> List.of("FAILED", "SIMULATED");
      case LIVE -> List.of("FAILED", "SIMULATED", "REDIRECTED");
    };
  }

  private static String[] column(List<Item> items, Function<Item, String> value) {
    return items.stream().map(value).toArray(String[]::new);
  }

  /** How the items stand, by status; what nobody claimed yet is not in it. */
  static Map<String, Long> statuses(SqlQueries queries, String kind, List<Item> items) {
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
            column(items, Item::recipient),
            items.stream().map(item -> item.appointment().date()).toArray(LocalDate[]::new),
            column(items, item -> item.appointment().snapshot()))
        .stream()
        .collect(Collectors.groupingBy(status -> status, Collectors.counting()));
  }

  /** What of this run, in any of its attempts, has an unclear fate. */
  static long unclear(SqlQueries queries, TriggerEvent trigger) {
    return queries
        .first(
            "select count(*) from automation.notification where run_id = $1 and status = 'AMBIGUOUS'",
            row -> row.getLong(0),
            trigger.runId())
        .orElse(0L);
  }

  /** False when some of them are not ours any more: then none is on its way. */
  static boolean sending(
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

  static void simulated(SqlQueries transaction, List<UUID> ids) {
    transaction.update(
        "update automation.notification set status = 'SIMULATED', updated_at = now() where id = any ($1)",
        (Object) ids.toArray(UUID[]::new));
  }

  /** What became of them. SENT only with the server's word for it, and only in mode live. */
  static void told(
      SqlQueries transaction, TriggerEvent trigger, List<UUID> ids, Receipt receipt, Mode mode) {
    switch (receipt) {
      case Receipt.Accepted accepted ->
          set(
              transaction,
              trigger,
              ids,
              mode == Mode.LIVE ? "SENT" : "REDIRECTED",
              accepted.providerId(),
              null);
      case Receipt.Refused refused ->
          set(transaction, trigger, ids, "FAILED", null, refused.reason());
      case Receipt.Unclear unclear ->
          set(transaction, trigger, ids, "AMBIGUOUS", null, unclear.reason());
    }
  }

  private static void set(
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

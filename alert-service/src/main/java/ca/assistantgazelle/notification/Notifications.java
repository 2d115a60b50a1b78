package ca.assistantgazelle.notification;

import ca.assistantgazelle.event.Trigger;
import ca.assistantgazelle.mail.Mode;
import ca.assistantgazelle.mail.Receipt;
import ca.assistantgazelle.sql.Queries;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Remembers who was told of which appointment. Source: reference/report-alerts.md §2.5, TARGET: a
 * row is claimed before anything is sent, and nobody is told twice of the same appointment at the
 * same time in the same window.
 */
final class Notifications {
  static final String OFFICE = "OFFICE";

  /** A claim whose worker lives is not ours to take; one of this very attempt is. */
  private static final String HELD =
      """
      exists (select from automation.inbox i
        where i.run_id = n.run_id and i.attempt = n.attempt and i.state = 'running' and i.lease_until > automation.present()
          and (i.run_id, i.attempt) is distinct from ($RUN::uuid, $ATTEMPT::int))
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
          .formatted(HELD.replace("$RUN", "$6").replace("$ATTEMPT", "$7"));

  private static final String UNCLEAR =
      """
      update automation.notification n
      set status = 'AMBIGUOUS', error = 'the worker stopped while it was sending', updated_at = now()
      where n.status = 'SENDING' and not %s
      """
          .formatted(HELD.replace("$RUN", "$1").replace("$ATTEMPT", "$2"));

  private Notifications() {}

  /** What a dead worker was sending: nobody knows whether it arrived. */
  static int markUnclear(Queries transaction, Trigger trigger) {
    return transaction.update(UNCLEAR, trigger.runId(), trigger.attempt());
  }

  /** Those of the items that nobody was told of yet. */
  static List<Claimed> claim(
      Queries transaction, Trigger trigger, String kind, List<Item> items, Mode mode) {
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

  static void sending(Queries transaction, List<UUID> ids, String messageId) {
    transaction.update(
        "update automation.notification set status = 'SENDING', attempts = attempts + 1, message_id = $2, updated_at = now() where id = any ($1)",
        ids.toArray(UUID[]::new),
        messageId);
  }

  static void simulated(Queries transaction, List<UUID> ids) {
    transaction.update(
        "update automation.notification set status = 'SIMULATED', updated_at = now() where id = any ($1)",
        (Object) ids.toArray(UUID[]::new));
  }

  /** What became of them. SENT only with the server's word for it, and only in mode live. */
  static void told(Queries transaction, List<UUID> ids, Receipt receipt, Mode mode) {
    var array = ids.toArray(UUID[]::new);
    switch (receipt) {
      case Receipt.Accepted accepted ->
          transaction.update(
              "update automation.notification set status = $2, provider_id = $3, error = null, updated_at = now() where id = any ($1)",
              array,
              mode == Mode.LIVE ? "SENT" : "REDIRECTED",
              accepted.providerId());
      case Receipt.Refused refused -> fail(transaction, array, "FAILED", refused.reason());
      case Receipt.Unclear unclear -> fail(transaction, array, "AMBIGUOUS", unclear.reason());
    }
  }

  private static void fail(Queries transaction, UUID[] ids, String status, String reason) {
    transaction.update(
        "update automation.notification set status = $2, error = $3, updated_at = now() where id = any ($1)",
        ids,
        status,
        reason);
  }
}

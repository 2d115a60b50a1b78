package ca.assistantgazelle.alert.notification;

import ca.assistantgazelle.alert.mail.AlertsMode;
import ca.assistantgazelle.alert.mail.MailSendResult;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The notifications and their state. A row is claimed before its mail is sent, so that each subject is announced to a
 * recipient only once per type and time (docs/alerts.md). The only class that writes {@code automation.notification}.
 */
@Singleton
public class NotificationStore {
    /** Recipient of what concerns no technician. */
    public static final String OFFICE = "OFFICE";

    private static final String CLAIM = """
      insert into automation.notification as n (kind, subject_id, recipient, local_date, schedule_snapshot, status, run_id, attempt)
      select $1, subject, recipient, day, schedule, 'CLAIMED', $6, $7
      from unnest($2::text[], $3::text[], $4::date[], $5::text[]) as t (subject, recipient, day, schedule)
      on conflict (kind, subject_id, recipient, local_date, schedule_snapshot) do update
      set status = 'CLAIMED', run_id = excluded.run_id, attempt = excluded.attempt, error = null, updated_at = now()
      where n.status = any ($8)
        or n.status = 'CLAIMED' and (n.run_id = excluded.run_id or not automation.attempt_is_alive(n.run_id, n.attempt))
      returning id, subject_id, recipient
      """;

    private static final String MARK_AMBIGUOUS = """
            update automation.notification n
            set status = case when kind = 'ADMIN' then 'FAILED' else 'AMBIGUOUS' end,
              error = 'the sender stopped while the mail was being sent',
              next_attempt_at = case when kind = 'ADMIN' then now() end, updated_at = now()
            where n.status = 'SENDING' and case
              when n.run_id is null then n.updated_at < now() - interval '3 minutes'
              else n.run_id is not distinct from $1 or not automation.attempt_is_alive(n.run_id, n.attempt) end
            """;

    /**
     * Marks mails whose sender has died: their delivery is uncertain.
     *
     * @param owner what an earlier attempt of its run was sending is included
     */
    public void markAmbiguous(SqlQueries transaction, NotificationOwner owner) {
        transaction.update(MARK_AMBIGUOUS, owner.runId());
    }

    /** A notification that is due and was claimed. */
    public record DueNotification(UUID id, String subjectId, JsonObject payload) {}

    /** Adds a notification that the service sends by itself; false when the subject has been added before. */
    public boolean add(
            SqlQueries queries, NotificationType type, String subjectId, String recipient, JsonObject payload) {
        return queries.update("""
                        insert into automation.notification (kind, subject_id, recipient, payload, status, next_attempt_at)
                        values ($1, $2, $3, $4, 'PENDING', now())
                        on conflict (kind, subject_id, recipient, local_date, schedule_snapshot) do nothing
                        """, type.name(), subjectId, recipient, payload) > 0;
    }

    /**
     * Claims what is due, once the oldest has waited for the batch delay, so that what happens together is mailed
     * together. A claim whose process died is claimed again after three minutes.
     */
    public List<DueNotification> claimDue(
            SqlQueries transaction, NotificationType type, int limit, Duration batchDelay) {
        return transaction.list("""
                with due as (
                  select id from automation.notification
                  where kind = $3 and (
                    status in ('PENDING', 'FAILED') and next_attempt_at <= now()
                    or status = 'CLAIMED' and updated_at < now() - interval '3 minutes')
                    and exists (
                      select from automation.notification oldest
                      where oldest.kind = $3 and oldest.updated_at < now() - make_interval(secs => $1)
                        and (oldest.status in ('PENDING', 'FAILED') and oldest.next_attempt_at <= now()
                          or oldest.status = 'CLAIMED' and oldest.updated_at < now() - interval '3 minutes'))
                  order by created_at limit $2 for update skip locked)
                update automation.notification n set status = 'CLAIMED', run_id = null, attempt = null, updated_at = now()
                from due where n.id = due.id
                returning n.id, n.subject_id, n.payload
                """, NotificationStore::due, batchDelay.toMillis() / 1_000.0, limit, type.name());
    }

    private static DueNotification due(Row row) {
        return new DueNotification(row.getUUID("id"), row.getString("subject_id"), row.getJsonObject("payload"));
    }

    /** Sets claimed notifications aside for good, because no mail can be made of them. */
    public void setAside(SqlQueries transaction, List<UUID> ids, String reason) {
        transaction.update("""
                update automation.notification
                set status = 'FAILED', error = $2, next_attempt_at = null, updated_at = now()
                where id = any ($1)
                """, ids.toArray(UUID[]::new), reason);
    }

    /** Puts claimed notifications back for ten minutes, because no mail can be sent at present. */
    public void postpone(SqlQueries transaction, List<UUID> ids, String reason) {
        transaction.update("""
                update automation.notification
                set status = 'PENDING', error = $2, next_attempt_at = now() + interval '10 minutes', updated_at = now()
                where id = any ($1)
                """, ids.toArray(UUID[]::new), reason);
    }

    /** Claims the items that were not announced before, or whose mail was refused. */
    ClaimedNotificationItems claim(
            SqlQueries transaction,
            NotificationOwner owner,
            NotificationType type,
            List<NotificationItem> items,
            AlertsMode mode) {
        var claimed = new ClaimedNotificationItems();
        transaction.list(
                CLAIM,
                row -> {
                    claimed.add(row.getString("recipient"), row.getString("subject_id"), row.getUUID("id"));
                    return true;
                },
                type.name(),
                column(items, NotificationItem::subjectId),
                column(items, NotificationItem::recipient),
                items.stream().map(NotificationItem::localDate).toArray(LocalDate[]::new),
                column(items, NotificationItem::schedule),
                owner.runId(),
                owner.attempt(),
                claimable(mode).toArray(String[]::new));
        return claimed;
    }

    // Simulated notifications may be sent later in another mode.
    private static List<String> claimable(AlertsMode mode) {
        return switch (mode) {
            case OFF, DRY_RUN -> List.of("FAILED");
            case REDIRECT -> List.of("FAILED", "SIMULATED");
            case LIVE -> List.of("FAILED", "SIMULATED", "REDIRECTED");
        };
    }

    private static String[] column(List<NotificationItem> items, Function<NotificationItem, String> value) {
        return items.stream().map(value).toArray(String[]::new);
    }

    /** Number of items by status, without those never claimed. */
    Map<String, Long> countByStatus(SqlQueries queries, NotificationType type, List<NotificationItem> items) {
        return queries
                .list(
                        """
                        select n.status from automation.notification n
                          join unnest($2::text[], $3::text[], $4::date[], $5::text[]) as t (subject, recipient, day, schedule)
                            on n.subject_id = t.subject and n.recipient = t.recipient and n.local_date is not distinct from t.day
                              and n.schedule_snapshot is not distinct from t.schedule
                        where n.kind = $1
                        """,
                        row -> row.getString("status"),
                        type.name(),
                        column(items, NotificationItem::subjectId),
                        column(items, NotificationItem::recipient),
                        items.stream().map(NotificationItem::localDate).toArray(LocalDate[]::new),
                        column(items, NotificationItem::schedule))
                .stream()
                .collect(Collectors.groupingBy(status -> status, Collectors.counting()));
    }

    /** Number of notifications of this run, in all its attempts, whose delivery is uncertain. */
    long countAmbiguous(SqlQueries queries, UUID runId) {
        return queries.first(
                        "select count(*) from automation.notification where run_id = $1 and status = 'AMBIGUOUS'",
                        row -> row.getLong(0),
                        runId)
                .orElse(0L);
    }

    /** False when some of them are no longer claimed by this owner; then none is marked. */
    boolean markSending(SqlQueries transaction, NotificationOwner owner, List<UUID> ids, String messageId) {
        var claimed = transaction.list(
                """
                select id from automation.notification
                where id = any ($1) and status = 'CLAIMED' and run_id is not distinct from $2 and attempt is not distinct from $3
                for update
                """, row -> row.getUUID("id"), ids.toArray(UUID[]::new), owner.runId(), owner.attempt());
        if (claimed.size() < ids.size()) {
            return false;
        }
        transaction.update("""
                update automation.notification
                set status = 'SENDING', attempts = attempts + 1, message_id = $2, updated_at = now()
                where id = any ($1)
                """, ids.toArray(UUID[]::new), messageId);
        return true;
    }

    /** Records that the mails would have been sent. */
    public void markSimulated(SqlQueries transaction, List<UUID> ids) {
        transaction.update("""
                update automation.notification set status = 'SIMULATED', next_attempt_at = null, updated_at = now()
                where id = any ($1)
                """, (Object) ids.toArray(UUID[]::new));
    }

    /** Records the result. SENT only when the server accepted the mail in mode live. */
    void recordResult(
            SqlQueries transaction, NotificationOwner owner, List<UUID> ids, MailSendResult result, AlertsMode mode) {
        switch (result) {
            case MailSendResult.Accepted accepted ->
                setStatus(
                        transaction,
                        owner,
                        ids,
                        mode == AlertsMode.LIVE ? "SENT" : "REDIRECTED",
                        accepted.providerId(),
                        null);
            case MailSendResult.Refused refused -> setStatus(transaction, owner, ids, "FAILED", null, refused.reason());
            case MailSendResult.Unclear unclear ->
                setStatus(transaction, owner, ids, "AMBIGUOUS", null, unclear.reason());
        }
    }

    // A run retries its mails itself. What the service sends is tried again without end, at most once an hour.
    private static void setStatus(
            SqlQueries transaction,
            NotificationOwner owner,
            List<UUID> ids,
            String status,
            String providerId,
            String reason) {
        transaction.update("""
                update automation.notification
                set status = case when kind = 'ADMIN' and $2 = 'AMBIGUOUS' then 'FAILED' else $2 end,
                  provider_id = $3, error = $4, updated_at = now(),
                  next_attempt_at = case
                    when kind = 'ADMIN' and $2 = 'FAILED' then now() + interval '1 minute' * power(2, least(attempts, 6))
                    when kind = 'ADMIN' and $2 = 'AMBIGUOUS' then now() + interval '1 hour' end
                where id = any ($1) and run_id is not distinct from $5 and attempt is not distinct from $6
                """, ids.toArray(UUID[]::new), status, providerId, reason, owner.runId(), owner.attempt());
    }
}

package ca.assistantgazelle.alert.adminalert;

import ca.assistantgazelle.alert.notification.NotificationType;
import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Admin notifications that wait to be mailed: rows of {@code automation.notification} that are
 * PENDING, or FAILED with a next attempt. What becomes of a claimed one is recorded by {@link
 * ca.assistantgazelle.alert.notification.NotificationStore}.
 */
@Singleton
class AdminNotificationQueue {
    private static final String RECIPIENT = "ADMIN";
    private static final int MAX_LOG_LINES = 15;

    /** False when it was added before. */
    boolean add(SqlQueries queries, AdminNotification notification) {
        return queries.update(
                        """
                        insert into automation.notification (kind, subject_id, recipient, payload, status, next_attempt_at)
                        values ($1, $2, $3, $4, 'PENDING', now())
                        on conflict (kind, subject_id, recipient, local_date, schedule_snapshot) do nothing
                        """, NotificationType.ADMIN.name(), notification.eventId(), RECIPIENT, payload(notification))
                > 0;
    }

    private static JsonObject payload(AdminNotification notification) {
        return new JsonObject()
                .put("event", notification.kind().name())
                .put("job", notification.job())
                .put(
                        "run_id",
                        notification.runId() == null
                                ? null
                                : notification.runId().toString())
                .put("at", notification.at().toString())
                .put(
                        "error",
                        notification.error() == null ? null : new JsonObject(EventJson.write(notification.error())));
    }

    /**
     * Claims what is due, once the oldest has waited for the batch delay, so that what happens
     * together is mailed together. A claim whose process died is claimed again after three minutes.
     */
    List<ClaimedAdminNotification> claimDue(SqlQueries transaction, int limit, Duration batchDelay) {
        return transaction.list("""
        with due as (
          select id from automation.notification
          where kind = 'ADMIN' and (
            status in ('PENDING', 'FAILED') and next_attempt_at <= now()
            or status = 'CLAIMED' and updated_at < now() - interval '3 minutes')
            and exists (
              select from automation.notification oldest
              where oldest.kind = 'ADMIN' and oldest.updated_at < now() - make_interval(secs => $1)
                and (oldest.status in ('PENDING', 'FAILED') and oldest.next_attempt_at <= now()
                  or oldest.status = 'CLAIMED' and oldest.updated_at < now() - interval '3 minutes'))
          order by created_at limit $2 for update skip locked),
        claimed as (
          update automation.notification n set status = 'CLAIMED', run_id = null, attempt = null, updated_at = now()
          from due where n.id = due.id
          returning n.id, n.subject_id, n.payload)
        select c.id, c.subject_id, c.payload, coalesce(t.attempt, 0) as attempts, t.log_tail
        from claimed c left join lateral (
          select attempt, log_tail from automation.v_latest_attempt where run_id = (c.payload ->> 'run_id')::uuid) t on true
        order by c.payload ->> 'at', c.subject_id
        """, AdminNotificationQueue::claimed, batchDelay.toMillis() / 1_000.0, limit);
    }

    /** Puts claimed notifications back for ten minutes, because no mail can be sent at present. */
    void postpone(SqlQueries transaction, List<UUID> ids, String reason) {
        transaction.update("""
                update automation.notification
                set status = 'PENDING', error = $2, next_attempt_at = now() + interval '10 minutes', updated_at = now()
                where id = any ($1)
                """, ids.toArray(UUID[]::new), reason);
    }

    private static ClaimedAdminNotification claimed(Row row) {
        var payload = row.getJsonObject("payload");
        var runId = payload.getString("run_id");
        return new ClaimedAdminNotification(
                row.getUUID("id"),
                new AdminNotification(
                        row.getString("subject_id"),
                        runId == null ? null : UUID.fromString(runId),
                        payload.getString("job"),
                        AdminNotificationKind.valueOf(payload.getString("event")),
                        Instant.parse(payload.getString("at")),
                        error(payload.getJsonObject("error"))),
                row.getInteger("attempts"),
                lastLines(row.getJsonArray("log_tail")));
    }

    private static RunError error(JsonObject error) {
        return error == null
                ? null
                : new RunError(
                        error.getString("class"),
                        Boolean.TRUE.equals(error.getBoolean("retryable")),
                        error.getString("message"),
                        error.getString("suggestion"));
    }

    private static List<String> lastLines(JsonArray lines) {
        if (lines == null) {
            return List.of();
        }
        int from = Math.max(0, lines.size() - MAX_LOG_LINES);
        return lines.stream().skip(from).map(String::valueOf).toList();
    }
}

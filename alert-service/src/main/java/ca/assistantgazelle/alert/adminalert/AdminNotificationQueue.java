package ca.assistantgazelle.alert.adminalert;

import ca.assistantgazelle.alert.notification.NotificationStore;
import ca.assistantgazelle.alert.notification.NotificationStore.DueNotification;
import ca.assistantgazelle.alert.notification.NotificationType;
import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Admin notifications that wait to be mailed: notifications of type ADMIN that are PENDING, or FAILED with a next
 * attempt. What they are about stands in their payload.
 */
@Singleton
class AdminNotificationQueue {
    private static final String RECIPIENT = "ADMIN";
    private static final int MAX_LOG_LINES = 15;

    private record LatestAttempt(UUID runId, int attempt, List<String> logTail) {}

    private final NotificationStore store;

    AdminNotificationQueue(NotificationStore store) {
        this.store = store;
    }

    /** False when it was added before. */
    boolean add(SqlQueries queries, AdminNotification notification) {
        return store.add(queries, NotificationType.ADMIN, notification.eventId(), RECIPIENT, payload(notification));
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

    /** Claims what is due, as {@link NotificationStore#claimDue} says, oldest first. */
    List<ClaimedAdminNotification> claimDue(SqlQueries transaction, int limit, Duration batchDelay) {
        var due = store.claimDue(transaction, NotificationType.ADMIN, limit, batchDelay);
        var attempts = latestAttempts(transaction, due);
        var announcements = announcements(transaction, due);
        var existingRuns = existingRuns(transaction, due);
        return due.stream()
                .map(claimed -> claimed(claimed, attempts, announcements, existingRuns))
                .sorted(Comparator.comparing((ClaimedAdminNotification claimed) ->
                                claimed.notification().at())
                        .thenComparing(claimed -> claimed.notification().eventId()))
                .toList();
    }

    private static Map<UUID, LatestAttempt> latestAttempts(SqlQueries queries, List<DueNotification> due) {
        return queries
                .list(
                        "select run_id, attempt, log_tail from automation.v_latest_attempt where run_id = any ($1)",
                        row -> new LatestAttempt(
                                row.getUUID("run_id"),
                                row.getInteger("attempt"),
                                lastLines(row.getJsonArray("log_tail"))),
                        (Object) runIds(due))
                .stream()
                .collect(Collectors.toMap(LatestAttempt::runId, latest -> latest));
    }

    // By job, the Message-ID of the last mail that reported a failure.
    private static Map<String, String> announcements(SqlQueries queries, List<DueNotification> due) {
        var jobs = due.stream()
                .map(notification -> notification.payload().getString("job"))
                .filter(Objects::nonNull)
                .distinct()
                .toArray(String[]::new);
        return queries
                .list("""
                        select distinct on (payload ->> 'job') payload ->> 'job' as job, message_id
                        from automation.notification
                        where kind = 'ADMIN' and payload ->> 'event' in ('RUN_FAILED', 'RUN_OVERDUE') and payload ->> 'job' = any ($1)
                          and message_id is not null and status in ('SENT', 'REDIRECTED')
                        order by payload ->> 'job', updated_at desc
                        """, row -> Map.entry(row.getString("job"), row.getString("message_id")), (Object) jobs)
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    // An overdue run may never have been written by a scheduler.
    private static Set<UUID> existingRuns(SqlQueries queries, List<DueNotification> due) {
        return Set.copyOf(queries.list(
                "select run_id from automation.v_planned_run where run_id = any ($1)", row -> row.getUUID(0), (Object)
                        runIds(due)));
    }

    private static ClaimedAdminNotification claimed(
            DueNotification due,
            Map<UUID, LatestAttempt> attempts,
            Map<String, String> announcements,
            Set<UUID> existingRuns) {
        var notification = notification(due);
        var runId = notification.runId();
        var latest = attempts.getOrDefault(runId, new LatestAttempt(runId, 0, List.of()));
        boolean neverWritten =
                notification.kind() == AdminNotificationKind.RUN_OVERDUE && !existingRuns.contains(runId);
        return new ClaimedAdminNotification(
                due.id(),
                neverWritten ? notification.withoutRun() : notification,
                latest.attempt(),
                latest.logTail(),
                notification.kind() == AdminNotificationKind.RUN_RECOVERED
                        ? announcements.get(notification.job())
                        : null);
    }

    private static AdminNotification notification(DueNotification due) {
        var payload = due.payload();
        return new AdminNotification(
                due.subjectId(),
                runId(payload),
                payload.getString("job"),
                AdminNotificationKind.valueOf(payload.getString("event")),
                Instant.parse(payload.getString("at")),
                error(payload.getJsonObject("error")));
    }

    private static UUID[] runIds(List<DueNotification> due) {
        return due.stream()
                .map(notification -> runId(notification.payload()))
                .filter(Objects::nonNull)
                .distinct()
                .toArray(UUID[]::new);
    }

    private static UUID runId(JsonObject payload) {
        var runId = payload.getString("run_id");
        return runId == null ? null : UUID.fromString(runId);
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

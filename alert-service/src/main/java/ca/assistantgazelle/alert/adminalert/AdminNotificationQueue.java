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
        return due.stream()
                .map(claimed -> claimed(claimed, attempts))
                .sorted(Comparator.comparing((ClaimedAdminNotification claimed) ->
                                claimed.notification().at())
                        .thenComparing(claimed -> claimed.notification().eventId()))
                .toList();
    }

    private static Map<UUID, LatestAttempt> latestAttempts(SqlQueries queries, List<DueNotification> due) {
        var runs = due.stream()
                .map(notification -> runId(notification.payload()))
                .filter(Objects::nonNull)
                .distinct()
                .toArray(UUID[]::new);
        return queries
                .list(
                        "select run_id, attempt, log_tail from automation.v_latest_attempt where run_id = any ($1)",
                        row -> new LatestAttempt(
                                row.getUUID("run_id"),
                                row.getInteger("attempt"),
                                lastLines(row.getJsonArray("log_tail"))),
                        (Object) runs)
                .stream()
                .collect(Collectors.toMap(LatestAttempt::runId, latest -> latest));
    }

    private static ClaimedAdminNotification claimed(DueNotification due, Map<UUID, LatestAttempt> attempts) {
        var payload = due.payload();
        var runId = runId(payload);
        var latest = attempts.getOrDefault(runId, new LatestAttempt(runId, 0, List.of()));
        return new ClaimedAdminNotification(
                due.id(),
                new AdminNotification(
                        due.subjectId(),
                        runId,
                        payload.getString("job"),
                        AdminNotificationKind.valueOf(payload.getString("event")),
                        Instant.parse(payload.getString("at")),
                        error(payload.getJsonObject("error"))),
                latest.attempt(),
                latest.logTail());
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

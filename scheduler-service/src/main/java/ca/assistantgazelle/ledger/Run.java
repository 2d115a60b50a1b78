package ca.assistantgazelle.ledger;

import ca.assistantgazelle.event.Cause;
import ca.assistantgazelle.event.EventJson;
import ca.assistantgazelle.event.RunError;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;

/**
 * One row of the ledger: one planned or requested execution of a job, and what became of it.
 *
 * @param attempt the number of the latest attempt asked for
 * @param disposition why it ran or did not, in a word; null while it is open
 * @param reason the same in a sentence; may be null
 */
public record Run(
    UUID runId,
    String job,
    Cause cause,
    String nominal,
    String zone,
    Instant scheduledFor,
    Instant notAfter,
    Map<String, Object> parameters,
    UUID parentRunId,
    UUID replayId,
    String requestedBy,
    RunStatus status,
    String disposition,
    String reason,
    int attempt,
    int maxAttempts,
    Instant acceptedAt,
    Instant startedAt,
    Instant finishedAt,
    Instant nextAttemptAt,
    RunError error,
    String traceparent,
    Instant createdAt) {
  static final String COLUMNS =
      """
      run_id, job, cause, nominal, zone, scheduled_for, not_after, parameters, parent_run_id, replay_id, requested_by,
      status, disposition, reason, attempt, max_attempts, accepted_at, started_at, finished_at, next_attempt_at, error,
      traceparent, created_at
      """;

  private static final TypeReference<Map<String, Object>> PARAMETERS = new TypeReference<>() {};

  static Run of(Row row) {
    return new Run(
        row.getUUID("run_id"),
        row.getString("job"),
        Cause.valueOf(row.getString("cause")),
        row.getString("nominal"),
        row.getString("zone"),
        instant(row, "scheduled_for"),
        instant(row, "not_after"),
        parameters(row.getJsonObject("parameters")),
        row.getUUID("parent_run_id"),
        row.getUUID("replay_id"),
        row.getString("requested_by"),
        RunStatus.of(row.getString("status")).orElseThrow(),
        row.getString("disposition"),
        row.getString("reason"),
        row.getInteger("attempt"),
        row.getInteger("max_attempts"),
        instant(row, "accepted_at"),
        instant(row, "started_at"),
        instant(row, "finished_at"),
        instant(row, "next_attempt_at"),
        error(row.getJsonObject("error")),
        row.getString("traceparent"),
        instant(row, "created_at"));
  }

  /** Whether it may still end one way or another. */
  public boolean isOpen() {
    return switch (status) {
      case QUEUED, RUNNING, WAITING_RETRY -> true;
      case SUCCESS, ERROR, CANCELLED, NOT_RUN -> false;
    };
  }

  private static Instant instant(Row row, String column) {
    OffsetDateTime value = row.getOffsetDateTime(column);
    return value == null ? null : value.toInstant();
  }

  private static Map<String, Object> parameters(JsonObject json) {
    try {
      return EventJson.mapper().readValue(json.encode(), PARAMETERS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the ledger holds parameters that are not JSON", e);
    }
  }

  private static RunError error(JsonObject json) {
    return json == null
        ? null
        : new RunError(
            json.getString("class"),
            json.getBoolean("retryable"),
            json.getString("message"),
            json.getString("suggestion"));
  }
}

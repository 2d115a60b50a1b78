package ca.assistantgazelle.ledger;

import ca.assistantgazelle.event.Cause;
import ca.assistantgazelle.event.EventHeaders;
import ca.assistantgazelle.event.EventJson;
import ca.assistantgazelle.event.RunError;
import ca.assistantgazelle.event.Trigger;
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
 * @param fireKey identity of a planned fire within its job; null for a requested run
 * @param attempt the number of the latest attempt asked for
 * @param disposition why it ran or did not, in a word; null while it is open
 * @param reason the same in a sentence; may be null
 * @param held why its trigger is not written yet; null when it is
 * @param heldUntil when it starts at the latest; null when it waits for its turn
 * @param awaitedJob whose run it waits for, or null
 * @param awaitedKey which of that job's runs
 * @param cancelRequestedBy who asked for its end, or null
 */
public record Run(
    UUID runId,
    String job,
    Cause cause,
    String fireKey,
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
    Instant createdAt,
    Hold held,
    Instant heldUntil,
    String awaitedJob,
    String awaitedKey,
    String cancelRequestedBy) {
  /** Why a planned run has no trigger yet. */
  public enum Hold {
    /** An earlier run of its job is open. */
    TURN,
    /** Another job's run comes first. */
    AFTER
  }

  /** The reason without the error that ended the latest attempt; null when nothing is left. */
  public String reasonBeforeError() {
    var said = error == null ? "" : error.errorClass() + ": " + error.message();
    if (reason == null || said.isEmpty() || !reason.endsWith(said)) {
      return reason;
    }
    var before = reason.substring(0, reason.length() - said.length()).replaceFirst("; $", "");
    return before.isEmpty() ? null : before;
  }

  static final String COLUMNS =
      """
      run_id, job, cause, fire_key, nominal, zone, scheduled_for, not_after, parameters, parent_run_id, replay_id, requested_by,
      status, disposition, reason, attempt, max_attempts, accepted_at, started_at, finished_at, next_attempt_at, error,
      traceparent, created_at, held, held_until, awaited_job, awaited_key, cancel_requested_by
      """;

  private static final TypeReference<Map<String, Object>> PARAMETERS = new TypeReference<>() {};

  /** Reads a row that has all columns of the table. */
  public static Run read(Row row) {
    return of(row);
  }

  static Run of(Row row) {
    return new Run(
        row.getUUID("run_id"),
        row.getString("job"),
        Cause.valueOf(row.getString("cause")),
        row.getString("fire_key"),
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
        instant(row, "created_at"),
        row.getString("held") == null ? null : Hold.valueOf(row.getString("held")),
        instant(row, "held_until"),
        row.getString("awaited_job"),
        row.getString("awaited_key"),
        row.getString("cancel_requested_by"));
  }

  /** A new run; its trigger is written with it unless it is held or does not run. */
  public static Run planned(
      Trigger trigger,
      String fireKey,
      String requestedBy,
      RunStatus status,
      String disposition,
      String reason,
      int maxAttempts,
      Instant createdAt,
      Hold held,
      Instant heldUntil,
      String awaitedJob,
      String awaitedKey) {
    return new Run(
        trigger.runId(),
        trigger.job(),
        trigger.cause(),
        fireKey,
        trigger.nominal(),
        trigger.zone(),
        trigger.scheduledFor(),
        trigger.notAfter(),
        trigger.parameters(),
        trigger.parentRunId(),
        trigger.replayId(),
        requestedBy,
        status,
        disposition,
        reason,
        trigger.attempt(),
        maxAttempts,
        null,
        null,
        status == RunStatus.NOT_RUN ? createdAt : null,
        null,
        null,
        EventHeaders.newTrace(),
        createdAt,
        held,
        heldUntil,
        awaitedJob,
        awaitedKey,
        null);
  }

  /** The trigger of an attempt. */
  public Trigger trigger(int number, Cause why, Instant lastUseful) {
    return new Trigger(
        runId,
        job,
        number,
        why,
        nominal,
        zone,
        scheduledFor,
        lastUseful,
        parameters,
        parentRunId,
        replayId);
  }

  /** The same run as a verdict leaves it. */
  public Run judged(
      RunStatus newStatus,
      String newDisposition,
      String newReason,
      int newAttempt,
      Instant accepted,
      Instant started,
      Instant finished,
      Instant nextAttempt,
      RunError newError) {
    return new Run(
        runId,
        job,
        cause,
        fireKey,
        nominal,
        zone,
        scheduledFor,
        notAfter,
        parameters,
        parentRunId,
        replayId,
        requestedBy,
        newStatus,
        newDisposition,
        newReason,
        newAttempt,
        maxAttempts,
        accepted,
        started,
        finished,
        nextAttempt,
        newError,
        traceparent,
        createdAt,
        held,
        heldUntil,
        awaitedJob,
        awaitedKey,
        cancelRequestedBy);
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

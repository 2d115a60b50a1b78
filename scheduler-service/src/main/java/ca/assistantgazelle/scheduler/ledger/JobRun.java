package ca.assistantgazelle.scheduler.ledger;

import ca.assistantgazelle.contract.event.EventHeaders;
import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.RunCause;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.contract.event.TriggerEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;

/**
 * One planned or requested execution of a job and its result; a row of {@code automation.run}.
 *
 * @param fireKey identity of a planned fire within its job; null for a requested run
 * @param attempt the number of the latest requested attempt
 * @param disposition code for why it ran or did not run; null while it is open
 * @param reason explanation of the disposition; may be null
 * @param waitReason why its trigger is not published yet; null if it is
 * @param waitUntil when the wait times out; null if it waits for an earlier run of its own job
 * @param waitsForJob the job whose run it waits for, or null
 * @param waitsForKey the fire key of the run it waits for, or null
 * @param cancelRequestedBy who requested the cancellation, or null
 */
public record JobRun(
    UUID runId,
    String job,
    RunCause cause,
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
    WaitReason waitReason,
    Instant waitUntil,
    String waitsForJob,
    String waitsForKey,
    String cancelRequestedBy) {
  /** Why a planned run has no trigger yet. */
  public enum WaitReason {
    /** Waits for an earlier run of its own job. */
    TURN,
    /** Waits for a run of another job. */
    AFTER
  }

  /** The reason without the error of the latest attempt; null if nothing is left. */
  public String reasonWithoutError() {
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

  /** Maps a row that has all columns of the table. */
  public static JobRun fromRow(Row row) {
    return of(row);
  }

  static JobRun of(Row row) {
    return new JobRun(
        row.getUUID("run_id"),
        row.getString("job"),
        RunCause.valueOf(row.getString("cause")),
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
        row.getString("held") == null ? null : WaitReason.valueOf(row.getString("held")),
        instant(row, "held_until"),
        row.getString("awaited_job"),
        row.getString("awaited_key"),
        row.getString("cancel_requested_by"));
  }

  /** Creates a new run. Its trigger is published with it unless the run waits or does not run. */
  public static JobRun planned(
      TriggerEvent trigger,
      String fireKey,
      String requestedBy,
      RunStatus status,
      String disposition,
      String reason,
      int maxAttempts,
      Instant createdAt,
      WaitReason held,
      Instant heldUntil,
      String awaitedJob,
      String awaitedKey) {
    return new JobRun(
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
  public TriggerEvent trigger(int number, RunCause why, Instant lastUseful) {
    return new TriggerEvent(
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

  /** The run with the state that results from a verdict. */
  public JobRun withVerdict(
      RunStatus newStatus,
      String newDisposition,
      String newReason,
      int newAttempt,
      Instant accepted,
      Instant started,
      Instant finished,
      Instant nextAttempt,
      RunError newError) {
    return new JobRun(
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
        waitReason,
        waitUntil,
        waitsForJob,
        waitsForKey,
        cancelRequestedBy);
  }

  /** Whether the run has not ended yet. */
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
      throw new IllegalStateException(
          "automation.run contains parameters that are not valid JSON", e);
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

package ca.assistantgazelle.scheduler.ledger;

import static ca.assistantgazelle.runtime.sql.SqlQueries.instant;

import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.RunCause;
import ca.assistantgazelle.contract.event.RunError;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Maps rows of {@code automation.run} and columns of many runs. */
public final class RunRows {
    static final String COLUMNS = """
            run_id, job, cause, fire_key, nominal, zone, scheduled_for, useful_until, parameters, parent_run_id, requested_by,
            status, disposition, plan_note, error, attempt, max_attempts, cancelled_by, accepted_at, started_at, finished_at,
            next_attempt_at, wait_reason, wait_until, waits_for_job, waits_for_fire_key, traceparent, created_at, republished_at
            """;

    private static final TypeReference<Map<String, Object>> PARAMETERS = new TypeReference<>() {};

    private RunRows() {}

    /** A run from a row with all columns of the table. */
    public static JobRun fromRow(Row row) {
        return new JobRun(
                row.getUUID("run_id"),
                row.getString("job"),
                RunCause.valueOf(row.getString("cause")),
                fire(row),
                parameters(row.getJsonObject("parameters")),
                row.getUUID("parent_run_id"),
                row.getString("requested_by"),
                state(row),
                times(row),
                waiting(row),
                row.getString("traceparent"),
                instant(row, "created_at"));
    }

    private static RunFire fire(Row row) {
        return new RunFire(
                row.getString("fire_key"),
                row.getString("nominal"),
                row.getString("zone"),
                instant(row, "scheduled_for"),
                instant(row, "useful_until"));
    }

    private static RunState state(Row row) {
        return new RunState(
                RunStatus.of(row.getString("status")).orElseThrow(),
                row.getString("disposition"),
                row.getString("plan_note"),
                error(row.getJsonObject("error")),
                row.getInteger("attempt"),
                row.getInteger("max_attempts"),
                row.getString("cancelled_by"));
    }

    private static RunTimes times(Row row) {
        return new RunTimes(
                instant(row, "accepted_at"),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                instant(row, "next_attempt_at"),
                instant(row, "republished_at"));
    }

    private static RunWait waiting(Row row) {
        var reason = row.getString("wait_reason");
        return reason == null
                ? null
                : new RunWait(
                        RunWait.WaitReason.valueOf(reason),
                        instant(row, "wait_until"),
                        row.getString("waits_for_job"),
                        row.getString("waits_for_fire_key"));
    }

    private static Map<String, Object> parameters(JsonObject json) {
        try {
            return EventJson.mapper().readValue(json.encode(), PARAMETERS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("automation.run.parameters is not a JSON object", e);
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

    static String[] texts(List<JobRun> runs, Function<JobRun, String> column) {
        return runs.stream().map(column).toArray(String[]::new);
    }

    static Integer[] numbers(List<JobRun> runs, Function<JobRun, Integer> column) {
        return runs.stream().map(column).toArray(Integer[]::new);
    }

    static Instant[] instants(List<JobRun> runs, Function<JobRun, Instant> column) {
        return runs.stream().map(column).toArray(Instant[]::new);
    }

    /** A column of what runs wait for; null for those that do not wait. */
    static <T> Function<JobRun, T> waiting(Function<RunWait, T> column) {
        return run -> run.waitsFor() == null ? null : column.apply(run.waitsFor());
    }

    static String errorJson(JobRun run) {
        return run.state().error() == null ? null : EventJson.write(run.state().error());
    }
}

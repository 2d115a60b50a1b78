package ca.assistantgazelle.scheduler.monitoring;

import static ca.assistantgazelle.runtime.sql.SqlQueries.instant;

import ca.assistantgazelle.contract.event.EventJson;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code scheduler_logs}. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record SchedulerLogEntry(
        UUID id,
        String jobName,
        String status,
        Instant startedAt,
        Instant completedAt,
        Integer durationSeconds,
        String errorMessage,
        JsonNode details) {
    static SchedulerLogEntry of(Row row) {
        return new SchedulerLogEntry(
                row.getUUID("id"),
                row.getString("job_name"),
                row.getString("status"),
                instant(row, "started_at"),
                instant(row, "completed_at"),
                row.getInteger("duration_seconds"),
                row.getString("error_message"),
                json(row.getString("details")));
    }

    private static JsonNode json(String text) {
        try {
            return text == null ? null : EventJson.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("PostgreSQL returned jsonb that is not JSON", e);
        }
    }
}

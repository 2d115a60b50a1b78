package ca.assistantgazelle.simulator;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Result of a simulation: every fire with its result, and the events published about runs. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record SimulatedOutcome(
        String from,
        String to,
        String environment,
        String zone,
        String tzdbVersion,
        Map<String, Integer> summary,
        List<SimulatedFire> fires,
        List<ReportedEvent> events) {
    /**
     * One fire.
     *
     * @param at the planned instant
     * @param disposition RAN, or why it did not run; never null
     * @param note code for what is special about its time, or null
     * @param startedAt null if it did not run
     * @param latenessSeconds from the planned instant to the start; null if it did not run
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record SimulatedFire(
            String job,
            String nominal,
            String zone,
            Instant at,
            String disposition,
            String status,
            String note,
            String reason,
            String cause,
            Instant startedAt,
            Instant finishedAt,
            Long latenessSeconds,
            int attempts,
            Map<String, Object> parameters) {}

    /** A published event about a run as a whole, such as RUN_FAILED. */
    public record ReportedEvent(Instant at, String event, String job, String nominal, String message) {}
}

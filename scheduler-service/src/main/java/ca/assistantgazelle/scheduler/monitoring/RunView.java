package ca.assistantgazelle.scheduler.monitoring;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import ca.assistantgazelle.contract.event.RunCause;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * API representation of a run. {@code attempts}, {@code counts} and {@code log_tail} are present only in the response
 * for a single run.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record RunView(
        UUID runId,
        String jobName,
        String status,
        String disposition,
        String reason,
        RunCause cause,
        String nominal,
        String zone,
        Instant scheduledFor,
        String waitReason,
        Instant waitUntil,
        String requestedBy,
        Map<String, Object> parameters,
        int attempt,
        int maxAttempts,
        Instant createdAt,
        Instant acceptedAt,
        Instant startedAt,
        Instant finishedAt,
        Instant nextAttemptAt,
        RunError error,
        UUID parentRunId,
        @JsonInclude(NON_NULL) Map<String, Map<String, Long>> counts,
        @JsonInclude(NON_NULL) Map<String, Object> progress,
        @JsonInclude(NON_NULL) List<AttemptView> attempts,
        @JsonInclude(NON_NULL) List<String> logTail) {
    /** API representation of an attempt. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record AttemptView(
            int attempt,
            String status,
            String worker,
            Instant startedAt,
            Instant finishedAt,
            Map<String, Map<String, Long>> counts,
            Map<String, Object> details,
            RunError error) {}

    static RunView summary(JobRun run) {
        return of(run, null, null, null, null);
    }

    static RunView of(
            JobRun run,
            Map<String, Map<String, Long>> counts,
            Map<String, Object> progress,
            List<AttemptView> attempts,
            List<String> logTail) {
        var fire = run.fire();
        var state = run.state();
        var times = run.times();
        var wait = run.waitsFor();
        return new RunView(
                run.runId(),
                run.job(),
                run.status().value(),
                state.disposition(),
                run.reason(),
                run.cause(),
                fire.nominal(),
                fire.zone(),
                fire.scheduledFor(),
                wait == null ? null : wait.reason().name(),
                wait == null ? null : wait.until(),
                run.requestedBy(),
                run.parameters(),
                state.attempt(),
                state.maxAttempts(),
                run.createdAt(),
                times.acceptedAt(),
                times.startedAt(),
                times.finishedAt(),
                times.nextAttemptAt(),
                state.error(),
                run.parentRunId(),
                counts,
                progress,
                attempts,
                logTail);
    }
}

package ca.assistantgazelle.scheduler.lifecycle;

import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.UUID;

/** An attempt as a row of {@code scheduler_logs}, in the specified columns and statuses. */
record SchedulerLogRow(UUID id, AttemptState attempt, JobRun run) {
    static SchedulerLogRow of(JobRun run, AttemptState attempt) {
        return new SchedulerLogRow(attempt.logId(), attempt, run);
    }

    /** Status in {@code scheduler_logs}; see docs/events.md, "Events". */
    String status() {
        return !attempt.hasEnded() ? "running" : attempt.kind() == LifecycleEventType.SUCCEEDED ? "success" : "error";
    }

    /** Starts with the kind of the final event; null unless the attempt failed. */
    String errorMessage() {
        if (!status().equals("error")) {
            return null;
        }
        return attempt.error() == null
                ? attempt.kind().name()
                : attempt.kind() + ": " + attempt.error().message();
    }

    /** Null while the attempt is running. */
    Integer durationSeconds() {
        return attempt.finishedAt() == null
                ? null
                : Math.clamp(
                        Duration.between(attempt.startedAt(), attempt.finishedAt())
                                .toSeconds(),
                        0,
                        Integer.MAX_VALUE);
    }

    String details() {
        var details = new LinkedHashMap<String, Object>();
        details.put("run_id", run.runId());
        details.put("attempt", attempt.attempt());
        details.put("kind", run.cause().name().toLowerCase(Locale.ROOT));
        details.put("worker", attempt.worker());
        details.put("parameters", run.parameters());
        details.put("counts", attempt.counts());
        if (attempt.error() != null) {
            details.put("error", attempt.error());
        }
        attempt.details().forEach(details::putIfAbsent);
        return EventJson.write(details);
    }
}

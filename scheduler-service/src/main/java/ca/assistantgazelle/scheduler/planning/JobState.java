package ca.assistantgazelle.scheduler.planning;

import static ca.assistantgazelle.runtime.sql.SqlQueries.instant;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;

/**
 * A job's planning position: up to which time its fires have been planned.
 *
 * @param schedule the schedule it was planned with, as JSON
 * @param plannedUntil every fire up to this instant has its row
 * @param nextAt the next fire; null if there is none
 * @param pause null if the job is not paused
 */
record JobState(String job, String schedule, Instant plannedUntil, Instant nextAt, boolean removed, JobPause pause) {
    static final String COLUMNS =
            "job, schedule, planned_until, next_at, removed, paused_at, paused_until, paused_by, pause_reason";

    static JobState of(Row row) {
        var pausedAt = instant(row, "paused_at");
        return new JobState(
                row.getString("job"),
                row.getString("schedule"),
                instant(row, "planned_until"),
                instant(row, "next_at"),
                row.getBoolean("removed"),
                pausedAt == null
                        ? null
                        : new JobPause(
                                pausedAt,
                                instant(row, "paused_until"),
                                row.getString("paused_by"),
                                row.getString("pause_reason")));
    }

    JobState withPosition(String newSchedule, Instant until, Instant next) {
        var over = pause != null && pause.until() != null && !pause.until().isAfter(until);
        return new JobState(job, newSchedule, until, next, false, over ? null : pause);
    }

    JobState withPause(JobPause newPause) {
        return new JobState(job, schedule, plannedUntil, nextAt, removed, newPause);
    }
}

package ca.assistantgazelle.planning;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * Up to where a job's timetable is accounted for.
 *
 * @param schedule the timetable it was planned by, as JSON
 * @param plannedUntil every fire up to here has its row
 * @param nextAt null when no fire comes
 * @param pause null when it is not paused
 */
record JobState(
    String job,
    String schedule,
    Instant plannedUntil,
    Instant nextAt,
    boolean removed,
    Pause pause) {
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
            : new Pause(
                pausedAt,
                instant(row, "paused_until"),
                row.getString("paused_by"),
                row.getString("pause_reason")));
  }

  JobState planned(String newSchedule, Instant until, Instant next) {
    var over = pause != null && pause.until() != null && !pause.until().isAfter(until);
    return new JobState(job, newSchedule, until, next, false, over ? null : pause);
  }

  JobState paused(Pause newPause) {
    return new JobState(job, schedule, plannedUntil, nextAt, removed, newPause);
  }

  private static Instant instant(Row row, String column) {
    OffsetDateTime value = row.getOffsetDateTime(column);
    return value == null ? null : value.toInstant();
  }
}

package ca.assistantgazelle.scheduler.planning;

import ca.assistantgazelle.runtime.sql.SqlQueries;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When the next work is due, read with a single query.
 *
 * @param nextFire when the next fire falls due, or null
 * @param anyWaiting whether any run is waiting for another run
 * @param waitUntil when the first wait times out, or null
 * @param nextRetry when the next attempt may start, or null
 */
record NextDueTime(Instant nextFire, boolean anyWaiting, Instant waitUntil, Instant nextRetry) {
  /**
   * @param unknown jobs that are not in the catalogue of this scheduler
   */
  static NextDueTime query(SqlQueries queries, Collection<String> unknown, Instant now) {
    return queries
        .first(
            """
            select (select min(next_at) from automation.job_state where not removed and job <> all ($1)),
              exists (select from automation.run where held is not null),
              (select min(held_until) from automation.run where held is not null),
              (select min(next_attempt_at) from automation.run waiting
                where status = 'waiting_retry' and not exists (
                  select from automation.job_state paused
                  where paused.job = waiting.job and paused_at is not null
                    and (paused_until is null or paused_until > $2)))
            """,
            row ->
                new NextDueTime(
                    instant(row, 0), row.getBoolean(1), instant(row, 2), instant(row, 3)),
            (Object) unknown.toArray(String[]::new),
            now.atOffset(ZoneOffset.UTC))
        .orElseThrow();
  }

  static boolean isDue(Instant instant, Instant now) {
    return instant != null && !instant.isAfter(now);
  }

  /**
   * @param plans whether fires are planned
   */
  Optional<Instant> earliest(boolean plans) {
    return Stream.of(plans ? nextFire : null, waitUntil, nextRetry)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder());
  }

  private static Instant instant(Row row, int column) {
    OffsetDateTime value = row.getOffsetDateTime(column);
    return value == null ? null : value.toInstant();
  }
}

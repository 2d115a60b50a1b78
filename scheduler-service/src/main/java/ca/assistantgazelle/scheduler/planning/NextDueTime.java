package ca.assistantgazelle.scheduler.planning;

import static ca.assistantgazelle.runtime.sql.SqlQueries.instant;

import ca.assistantgazelle.runtime.sql.SqlQueries;
import java.time.Instant;
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
    /** @param unknown jobs that are not in the catalogue of this scheduler */
    static NextDueTime query(SqlQueries queries, Collection<String> unknown, Instant now) {
        return queries.first(
                        """
                        select (select min(next_at) from automation.job_state where not removed and job <> all ($1)) as next_fire,
                          exists (select from automation.run where wait_reason is not null) as any_waiting,
                          (select min(wait_until) from automation.run where wait_reason is not null) as wait_until,
                          (select min(next_attempt_at) from automation.run waiting
                            where status = 'waiting_retry' and (fire_key is null or useful_until > $2) and not exists (
                              select from automation.job_state paused
                              where paused.job = waiting.job and paused_at is not null
                                and (paused_until is null or paused_until > $2))) as next_retry
                        """,
                        row -> new NextDueTime(
                                instant(row, "next_fire"),
                                row.getBoolean("any_waiting"),
                                instant(row, "wait_until"),
                                instant(row, "next_retry")),
                        (Object) unknown.toArray(String[]::new),
                        now)
                .orElseThrow();
    }

    static boolean isDue(Instant instant, Instant now) {
        return instant != null && !instant.isAfter(now);
    }

    /** @param plans whether fires are planned */
    Optional<Instant> earliest(boolean plans) {
        return Stream.of(plans ? nextFire : null, waitUntil, nextRetry)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder());
    }
}

package ca.assistantgazelle.runtime.sql;

import java.time.Duration;
import java.util.UUID;

/**
 * Exclusive use of something by one holder among all processes, for as long as it renews the lease; a row of
 * {@code automation.lease}. Times are those of the database.
 *
 * @param name what is leased
 * @param holder identifies the claim
 * @param runId the run that holds it: the lease also ends when no attempt of that run is alive; null when no run holds
 *     it
 */
public record NamedLease(String name, String holder, UUID runId) {
    /**
     * Acquires or renews the lease.
     *
     * @return false when another holder has it
     */
    public boolean acquire(SqlQueries queries, Duration duration) {
        return queries.update("""
                insert into automation.lease as known (name, holder, run_id, lease_until)
                values ($1, $2, $3, automation.statement_time() + make_interval(secs => $4))
                on conflict (name) do update
                set holder = excluded.holder, run_id = excluded.run_id, lease_until = excluded.lease_until
                where known.holder = excluded.holder or known.lease_until < automation.statement_time()
                  or known.run_id is not null and not automation.attempt_is_alive(known.run_id, null)
                """, name, holder, runId, duration.toMillis() / 1_000.0) == 1;
    }

    /**
     * Releases the lease.
     *
     * @return false when another holder has taken it over
     */
    public boolean release(SqlQueries queries) {
        return queries.update("delete from automation.lease where name = $1 and holder = $2", name, holder) == 1;
    }
}

package ca.assistantgazelle.worker.inbox;

import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** SQL on {@code automation.inbox}. Every update of a claimed row checks its fence. */
@Singleton
public class InboxStore {
    /** PostgreSQL notification channel, notified when a trigger was accepted. */
    public static final String CHANNEL = "gazelle_inbox";

    /** Inserts an attempt; false if it already exists. */
    public boolean insert(
            SqlQueries transaction, String worker, TriggerEvent trigger, String traceparent, String state) {
        return transaction.update(
                        """
                        insert into automation.inbox
                          (run_id, attempt, worker, job, trigger, traceparent, state, sequence, useful_until, finished_at)
                        values ($1, $2, $3, $4, $5, $6, $7, 1, $8, case when $7 = 'done' then automation.statement_time() end)
                        on conflict (run_id, attempt) do nothing
                        """,
                        trigger.runId(),
                        trigger.attempt(),
                        worker,
                        trigger.job(),
                        new JsonObject(EventJson.write(trigger)),
                        traceparent,
                        state,
                        trigger.notAfter())
                == 1;
    }

    /** Notifies all workers of the kind, on commit, that an attempt is waiting. */
    void notifyWorkers(SqlQueries transaction, String worker) {
        transaction.executeLater("select pg_notify($1, $2)", CHANNEL, worker);
    }

    /** Claims the oldest waiting attempt of one of the jobs; empty if there is none. */
    public Optional<ClaimedAttempt> claim(
            SqlQueries transaction, String worker, Collection<String> jobs, String process, Duration lease) {
        return transaction.first(
                """
                update automation.inbox
                set state = 'running', claimed_by = $3, fence = nextval('automation.fence'),
                  lease_until = automation.statement_time() + make_interval(secs => $4), started_at = automation.statement_time(),
                  sequence = sequence + 1
                where (run_id, attempt) = (
                  select run_id, attempt from automation.inbox
                  where state = 'waiting' and worker = $1 and job = any ($2)
                    and (useful_until is null or useful_until > automation.statement_time())
                  order by accepted_at
                  limit 1
                  for update skip locked)
                returning trigger, fence, sequence, started_at, traceparent
                """, ClaimedAttempt::of, worker, jobs.toArray(String[]::new), process, lease.toMillis() / 1000.0);
    }

    /** The attempts that this process has claimed and that are still its own. */
    List<ClaimedAttempt> findClaims(SqlQueries queries, String process) {
        return queries.list("""
                select trigger, fence, sequence, started_at, traceparent from automation.inbox
                where state = 'running' and claimed_by = $1 and lease_until > automation.statement_time()
                """, ClaimedAttempt::of, process);
    }

    /** Result of a lease renewal. */
    public enum LeaseRenewal {
        RENEWED,
        /** Renewed, but a cancellation was requested. */
        CANCEL_REQUESTED,
        /** The attempt no longer belongs to this worker. */
        LOST
    }

    /** Extends the lease. */
    public LeaseRenewal renew(SqlQueries queries, ClaimedAttempt claim, Duration lease) {
        return queries.first(
                        """
                        update automation.inbox set lease_until = automation.statement_time() + make_interval(secs => $4)
                        where run_id = $1 and attempt = $2 and fence = $3 and state = 'running'
                        returning cancel_requested
                        """,
                        row -> row.getBoolean(0) ? LeaseRenewal.CANCEL_REQUESTED : LeaseRenewal.RENEWED,
                        claim.trigger().runId(),
                        claim.trigger().attempt(),
                        claim.fence(),
                        lease.toMillis() / 1000.0)
                .orElse(LeaseRenewal.LOST);
    }

    /**
     * Locks the attempt for the rest of the transaction, so that it cannot be taken over before the commit.
     *
     * @throws StaleFenceException if it was already taken over
     */
    void requireFence(SqlQueries transaction, ClaimedAttempt claim) {
        boolean ours = transaction
                .first(
                        """
                        select 1 from automation.inbox
                        where run_id = $1 and attempt = $2 and fence = $3 and state = 'running'
                        for share
                        """,
                        row -> true,
                        claim.trigger().runId(),
                        claim.trigger().attempt(),
                        claim.fence())
                .isPresent();
        if (!ours) {
            throw new StaleFenceException(claim);
        }
    }

    /** The sequence number of the attempt's next event; empty if the attempt no longer belongs to this worker. */
    public Optional<Integer> nextSequence(SqlQueries transaction, ClaimedAttempt claim) {
        return transaction.first(
                """
                update automation.inbox set sequence = sequence + 1
                where run_id = $1 and attempt = $2 and fence = $3 and state = 'running'
                returning sequence
                """,
                row -> row.getInteger(0),
                claim.trigger().runId(),
                claim.trigger().attempt(),
                claim.fence());
    }

    /** Whether somebody asked for the end of the attempt. */
    public boolean isCancelRequested(SqlQueries queries, ClaimedAttempt claim) {
        return queries.first(
                        "select cancel_requested from automation.inbox where run_id = $1 and attempt = $2",
                        row -> row.getBoolean(0),
                        claim.trigger().runId(),
                        claim.trigger().attempt())
                .orElse(false);
    }

    /** Ends the attempt ({@code done}) or puts it back for another worker ({@code waiting}). */
    public void release(SqlQueries transaction, ClaimedAttempt claim, String state) {
        transaction.update("""
                update automation.inbox
                set state = $4, claimed_by = null, lease_until = null,
                  finished_at = case when $4 = 'done' then automation.statement_time() end
                where run_id = $1 and attempt = $2 and fence = $3
                """, claim.trigger().runId(), claim.trigger().attempt(), claim.fence(), state);
    }
}

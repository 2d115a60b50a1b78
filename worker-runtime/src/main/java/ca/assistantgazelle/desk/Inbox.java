package ca.assistantgazelle.desk;

import ca.assistantgazelle.event.EventJson;
import ca.assistantgazelle.event.Trigger;
import ca.assistantgazelle.sql.Queries;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** The rows of accepted attempts. Every change of a claimed row asks for its fence. */
@Singleton
public class Inbox {
  /** PostgreSQL notifies this channel when a trigger was accepted. */
  static final String CHANNEL = "gazelle_inbox";

  /** Notes an attempt, once; false when it was noted before. */
  boolean accept(
      Queries transaction, String worker, Trigger trigger, String traceparent, String state) {
    return transaction.update(
            """
            insert into automation.inbox (run_id, attempt, worker, job, trigger, traceparent, state, sequence)
            values ($1, $2, $3, $4, $5, $6, $7, 1)
            on conflict (run_id, attempt) do nothing
            """,
            trigger.runId(),
            trigger.attempt(),
            worker,
            trigger.job(),
            new JsonObject(EventJson.write(trigger)),
            traceparent,
            state)
        == 1;
  }

  /** Tells all workers of the kind, once the transaction commits, that an attempt waits. */
  void tell(Queries transaction, String worker) {
    transaction.write("select pg_notify($1, $2)", CHANNEL, worker);
  }

  /** Takes the oldest waiting attempt of one of the jobs; empty when there is none. */
  Optional<Assignment> claim(
      Queries transaction, String worker, Collection<String> jobs, String process, Duration lease) {
    return transaction.first(
        """
        update automation.inbox
        set state = 'running', claimed_by = $3, fence = nextval('automation.fence'),
          lease_until = automation.present() + make_interval(secs => $4), started_at = automation.present(),
          sequence = sequence + 1
        where (run_id, attempt) = (
          select run_id, attempt from automation.inbox
          where state = 'waiting' and worker = $1 and job = any ($2)
          order by accepted_at
          limit 1
          for update skip locked)
        returning trigger, fence, sequence, started_at, traceparent
        """,
        Assignment::of,
        worker,
        jobs.toArray(String[]::new),
        process,
        lease.toMillis() / 1000.0);
  }

  /** What a renewal finds. */
  public enum Renewal {
    OURS,
    /** Still ours, and somebody asked for its end. */
    CANCEL_REQUESTED,
    /** Another worker has it, or nobody. */
    LOST
  }

  /** Says that the worker is alive. */
  Renewal renew(Queries queries, Assignment assignment, Duration lease) {
    return queries
        .first(
            """
            update automation.inbox set lease_until = automation.present() + make_interval(secs => $4)
            where run_id = $1 and attempt = $2 and fence = $3 and state = 'running'
            returning cancel_requested
            """,
            row -> row.getBoolean(0) ? Renewal.CANCEL_REQUESTED : Renewal.OURS,
            assignment.trigger().runId(),
            assignment.trigger().attempt(),
            assignment.fence(),
            lease.toMillis() / 1000.0)
        .orElse(Renewal.LOST);
  }

  /**
   * Holds the attempt for the rest of the transaction: nobody can take it over before the commit.
   *
   * @throws FenceLostException when somebody already has
   */
  void hold(Queries transaction, Assignment assignment) {
    boolean ours =
        transaction
            .first(
                """
                select 1 from automation.inbox
                where run_id = $1 and attempt = $2 and fence = $3 and state = 'running'
                for share
                """,
                row -> true,
                assignment.trigger().runId(),
                assignment.trigger().attempt(),
                assignment.fence())
            .isPresent();
    if (!ours) {
      throw new FenceLostException(assignment);
    }
  }

  /**
   * The number of the next event of the attempt; empty when the attempt is no longer this worker's.
   */
  public Optional<Integer> nextSequence(Queries transaction, Assignment assignment) {
    return transaction.first(
        """
        update automation.inbox set sequence = sequence + 1
        where run_id = $1 and attempt = $2 and fence = $3 and state = 'running'
        returning sequence
        """,
        row -> row.getInteger(0),
        assignment.trigger().runId(),
        assignment.trigger().attempt(),
        assignment.fence());
  }

  /** Ends the attempt ({@code done}) or puts it back for another worker ({@code waiting}). */
  public void release(Queries transaction, Assignment assignment, String state) {
    transaction.update(
        """
        update automation.inbox
        set state = $4, claimed_by = null, lease_until = null,
          finished_at = case when $4 = 'done' then automation.present() end
        where run_id = $1 and attempt = $2 and fence = $3
        """,
        assignment.trigger().runId(),
        assignment.trigger().attempt(),
        assignment.fence(),
        state);
  }
}

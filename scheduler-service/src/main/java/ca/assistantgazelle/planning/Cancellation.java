package ca.assistantgazelle.planning;

import ca.assistantgazelle.catalogue.JobCatalogue;
import ca.assistantgazelle.ledger.Run;
import ca.assistantgazelle.ledger.RunStatus;
import ca.assistantgazelle.sql.Queries;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneOffset;

/**
 * Ends a run before it is done. What no worker has begun ends at once; a running attempt is asked
 * to stop, and its worker acknowledges.
 */
@Singleton
public class Cancellation {
  private final JobCatalogue catalogue;
  private final Clock clock;

  public Cancellation(JobCatalogue catalogue, Clock clock) {
    this.catalogue = catalogue;
    this.clock = clock;
  }

  /**
   * @param run open
   * @return {@code CANCELLED} when it ended at once, else where it still stands
   */
  public RunStatus cancel(Queries transaction, Run run, String by) {
    boolean ends =
        run.status() == RunStatus.WAITING_RETRY
            || run.held() != null
            || takenFromWorkers(transaction, run);
    transaction.update(
        """
        update automation.run
        set cancel_requested_by = $2, status = case when $3 then 'cancelled' else status end,
          disposition = case when $3 then coalesce(disposition, 'CANCELLED') else disposition end,
          reason = case when $3 then 'cancelled by ' || $2 else reason end,
          finished_at = case when $3 then $4 else finished_at end,
          next_attempt_at = case when $3 then null else next_attempt_at end,
          held = case when $3 then null else held end
        where run_id = $1
        """,
        run.runId(),
        by,
        ends,
        clock.instant().atOffset(ZoneOffset.UTC));
    return ends ? RunStatus.CANCELLED : run.status();
  }

  // The row that acceptance would write is written here as done: the trigger that is under way
  // finds
  // it and becomes a counted duplicate. An attempt that waits is closed; one that runs is asked.
  private boolean takenFromWorkers(Queries transaction, Run run) {
    var worker = catalogue.find(run.job()).orElseThrow().worker().word();
    return transaction
        .first(
            """
            insert into automation.inbox (run_id, attempt, worker, job, trigger, state, sequence, finished_at)
            values ($1, $2, $3, $4, '{}', 'done', 1, automation.present())
            on conflict (run_id, attempt) do update
            set cancel_requested = true,
              state = case when inbox.state = 'waiting' then 'done' else inbox.state end,
              finished_at = case when inbox.state = 'waiting' then automation.present() else inbox.finished_at end
            returning state = 'done' and started_at is null
            """,
            row -> row.getBoolean(0),
            run.runId(),
            run.attempt(),
            worker,
            run.job())
        .orElse(false);
  }
}

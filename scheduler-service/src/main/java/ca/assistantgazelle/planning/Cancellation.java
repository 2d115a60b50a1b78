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

  // An attempt that waits is closed. Where none was accepted yet, the row that acceptance would
  // write
  // is written here as done: the trigger that is under way finds it and becomes a counted
  // duplicate.
  // One that runs is asked; so is one that was accepted or claimed between these statements.
  private boolean takenFromWorkers(Queries transaction, Run run) {
    if (close(transaction, run) || forestall(transaction, run)) {
      return true;
    }
    ask(transaction, run);
    return false;
  }

  private static boolean close(Queries transaction, Run run) {
    return transaction.update(
            """
            update automation.inbox set state = 'done', cancel_requested = true, finished_at = automation.present()
            where run_id = $1 and attempt = $2 and state = 'waiting'
            """,
            run.runId(),
            run.attempt())
        == 1;
  }

  private boolean forestall(Queries transaction, Run run) {
    return transaction.update(
            """
            insert into automation.inbox (run_id, attempt, worker, job, trigger, state, sequence, finished_at)
            values ($1, $2, $3, $4, '{}', 'done', 1, automation.present())
            on conflict (run_id, attempt) do nothing
            """,
            run.runId(),
            run.attempt(),
            catalogue.find(run.job()).map(job -> job.worker().word()).orElse("none"),
            run.job())
        == 1;
  }

  private static void ask(Queries transaction, Run run) {
    transaction.update(
        """
        update automation.inbox set cancel_requested = true
        where run_id = $1 and attempt = $2 and state in ('waiting', 'running')
        """,
        run.runId(),
        run.attempt());
  }
}

package ca.assistantgazelle.scheduler.planning;

import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.RunStatus;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneOffset;

/**
 * Cancels runs. A run that no worker has started ends at once; a running attempt is asked to stop,
 * and its worker acknowledges.
 */
@Singleton
public class RunCancellation {
  private final JobCatalogue catalogue;
  private final Clock clock;

  public RunCancellation(JobCatalogue catalogue, Clock clock) {
    this.catalogue = catalogue;
    this.clock = clock;
  }

  /**
   * @param run open
   * @return {@code CANCELLED} if it ended at once, else its current status
   */
  public RunStatus cancel(SqlQueries transaction, JobRun run, String by) {
    boolean ends =
        run.status() == RunStatus.WAITING_RETRY
            || run.waitReason() != null
            || withdrawFromWorkers(transaction, run);
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

  // A waiting attempt is closed. If the trigger was not accepted yet, its inbox row is inserted as
  // done, so that the trigger is treated as a duplicate when it arrives. A running attempt, or one
  // accepted or claimed between these statements, is asked to stop.
  private boolean withdrawFromWorkers(SqlQueries transaction, JobRun run) {
    if (closeWaitingAttempt(transaction, run) || insertClosedAttempt(transaction, run)) {
      return true;
    }
    requestStop(transaction, run);
    return false;
  }

  private static boolean closeWaitingAttempt(SqlQueries transaction, JobRun run) {
    return transaction.update(
            """
            update automation.inbox set state = 'done', cancel_requested = true, finished_at = automation.present()
            where run_id = $1 and attempt = $2 and state = 'waiting'
            """,
            run.runId(),
            run.attempt())
        == 1;
  }

  private boolean insertClosedAttempt(SqlQueries transaction, JobRun run) {
    return transaction.update(
            """
            insert into automation.inbox (run_id, attempt, worker, job, trigger, state, sequence, finished_at)
            values ($1, $2, $3, $4, '{}', 'done', 1, automation.present())
            on conflict (run_id, attempt) do nothing
            """,
            run.runId(),
            run.attempt(),
            catalogue.find(run.job()).map(job -> job.worker().id()).orElse("none"),
            run.job())
        == 1;
  }

  private static void requestStop(SqlQueries transaction, JobRun run) {
    transaction.update(
        """
        update automation.inbox set cancel_requested = true
        where run_id = $1 and attempt = $2 and state in ('waiting', 'running')
        """,
        run.runId(),
        run.attempt());
  }
}

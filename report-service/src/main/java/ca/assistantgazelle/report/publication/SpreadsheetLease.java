package ca.assistantgazelle.report.publication;

import ca.assistantgazelle.report.sheet.SpreadsheetException;
import ca.assistantgazelle.worker.execution.JobContext;
import java.time.Duration;
import java.util.UUID;

/**
 * A lease on a spreadsheet: only one run at a time writes to it. A lease that is not renewed
 * expires.
 */
final class SpreadsheetLease implements AutoCloseable {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
  private static final Duration MAX_WAIT = Duration.ofSeconds(30);

  private final JobContext context;
  private final UUID runId;
  private String spreadsheet;

  SpreadsheetLease(JobContext context) {
    this.context = context;
    this.runId = context.trigger().runId();
  }

  /**
   * Waits for a limited time while another run holds the lease; the lease of a run whose worker is
   * dead is taken over.
   *
   * @throws SpreadsheetException when another run still holds the lease
   */
  void acquire(String wanted) throws InterruptedException {
    spreadsheet = wanted;
    for (long looks = MAX_WAIT.dividedBy(POLL_INTERVAL); !tryAcquire(); looks--) {
      if (looks == 0) {
        spreadsheet = null;
        throw new SpreadsheetException(
            "REPORT_BUSY",
            true,
            "Another run is writing this spreadsheet.",
            "No action needed: the next attempt succeeds once that run has finished.");
      }
      Thread.sleep(POLL_INTERVAL);
    }
  }

  /**
   * Called before every write to the spreadsheet.
   *
   * @throws ca.assistantgazelle.worker.inbox.StaleFenceException when the attempt was taken over
   */
  void renew() {
    if (!tryAcquire()) {
      throw new SpreadsheetException(
          "REPORT_BUSY", true, "Another run took over the lease on this spreadsheet.", null);
    }
  }

  private boolean tryAcquire() {
    return context.write(
        transaction ->
            transaction.update(
                    """
                    insert into automation.report_lock as held (spreadsheet, run_id, until)
                    values ($1, $2, automation.statement_time() + interval '3 minutes')
                    on conflict (spreadsheet) do update set run_id = excluded.run_id, until = excluded.until
                    where held.run_id = excluded.run_id or held.until < automation.statement_time() or not exists (
                      select from automation.inbox i
                      where i.run_id = held.run_id and i.state = 'running' and i.lease_until > automation.statement_time())
                    """,
                    spreadsheet,
                    runId)
                > 0);
  }

  @Override
  public void close() {
    if (spreadsheet != null) {
      context.write(
          transaction ->
              transaction.update(
                  "delete from automation.report_lock where spreadsheet = $1 and run_id = $2",
                  spreadsheet,
                  runId));
    }
  }
}

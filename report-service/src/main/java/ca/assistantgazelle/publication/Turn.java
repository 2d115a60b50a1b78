package ca.assistantgazelle.publication;

import ca.assistantgazelle.sheet.SheetException;
import ca.assistantgazelle.worker.execution.JobContext;
import java.time.Duration;
import java.util.UUID;

/**
 * One run at a time writes a spreadsheet, whatever started it. A turn that nobody renews ends by
 * itself.
 */
final class Turn implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final JobContext context;
  private final UUID runId;
  private String spreadsheet;

  Turn(JobContext context) {
    this.context = context;
    this.runId = context.trigger().runId();
  }

  /**
   * Waits a while for a run that is at it; one whose worker is dead does not count.
   *
   * @throws SheetException when another run still has it
   */
  void take(String wanted) throws InterruptedException {
    spreadsheet = wanted;
    for (long looks = LONGEST_WAIT.dividedBy(LOOK); !hold(); looks--) {
      if (looks == 0) {
        spreadsheet = null;
        throw new SheetException(
            "REPORT_BUSY",
            true,
            "Another run writes this spreadsheet.",
            "Nothing to do: the next attempt comes when it is done.");
      }
      Thread.sleep(LOOK);
    }
  }

  /**
   * Before every call that changes the spreadsheet.
   *
   * @throws ca.assistantgazelle.worker.inbox.StaleFenceException when the attempt was taken over
   */
  void renew() {
    if (!hold()) {
      throw new SheetException(
          "REPORT_BUSY", true, "Another run took over writing this spreadsheet.", null);
    }
  }

  private boolean hold() {
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

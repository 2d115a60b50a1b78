package ca.assistantgazelle.report.publication;

import ca.assistantgazelle.report.sheet.SpreadsheetException;
import ca.assistantgazelle.runtime.sql.NamedLease;
import ca.assistantgazelle.worker.execution.JobContext;
import java.time.Duration;

/** A lease on a spreadsheet: only one run at a time writes to it. A lease that is not renewed expires. */
final class SpreadsheetLease implements AutoCloseable {
    private static final Duration DURATION = Duration.ofMinutes(3);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
    private static final Duration MAX_WAIT = Duration.ofSeconds(30);

    private final JobContext context;
    private NamedLease lease;

    SpreadsheetLease(JobContext context) {
        this.context = context;
    }

    /**
     * Waits for a limited time while another run holds the lease; the lease of a run whose worker is dead is taken
     * over.
     *
     * @throws SpreadsheetException when another run still holds the lease
     */
    void acquire(String spreadsheet) throws InterruptedException {
        var runId = context.trigger().runId();
        lease = new NamedLease("spreadsheet " + spreadsheet, runId.toString(), runId);
        for (long looks = MAX_WAIT.dividedBy(POLL_INTERVAL); !tryAcquire(); looks--) {
            if (looks == 0) {
                lease = null;
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
        return context.write(transaction -> lease.acquire(transaction, DURATION));
    }

    @Override
    public void close() {
        if (lease != null) {
            context.write(lease::release);
        }
    }
}

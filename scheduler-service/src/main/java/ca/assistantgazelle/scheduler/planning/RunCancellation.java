package ca.assistantgazelle.scheduler.planning;

import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.RunLedger;
import ca.assistantgazelle.scheduler.ledger.RunStatus;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/**
 * Ends a run before it is done. One that no worker has started ends at once; a running attempt is asked to stop, and
 * its worker confirms.
 */
@Singleton
public class RunCancellation {
    private final RunLedger ledger;
    private final JobCatalogue catalogue;
    private final Clock clock;

    public RunCancellation(RunLedger ledger, JobCatalogue catalogue, Clock clock) {
        this.ledger = ledger;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /**
     * @param run open, and locked by the transaction
     * @param by who requests it, as it is shown
     * @return {@code CANCELLED} when it ended at once, else its present status
     */
    public RunStatus cancel(SqlQueries transaction, JobRun run, String by) {
        boolean ends =
                run.status() == RunStatus.WAITING_RETRY || run.waitsFor() != null || isWithdrawn(transaction, run);
        var next = ends
                ? run.cancelled(by, RunError.cancelled("The run was cancelled."), clock.instant())
                : run.cancelRequested(by);
        ledger.save(transaction, List.of(next));
        return next.status();
    }

    private boolean isWithdrawn(SqlQueries transaction, JobRun run) {
        return transaction
                .first(
                        "select automation.cancel_attempt($1, $2, $3, $4)",
                        row -> row.getBoolean(0),
                        run.runId(),
                        run.state().attempt(),
                        catalogue.find(run.job()).map(job -> job.worker().id()).orElse("none"),
                        run.job())
                .orElseThrow();
    }
}

package ca.assistantgazelle.report.publication;

import ca.assistantgazelle.contract.event.RunError;
import java.util.Optional;

/**
 * Refuses to publish a tab that would become much smaller than before: this is far more often a fault in the data than
 * a real change (docs/report.md).
 */
final class TabShrinkGuard {
    private static final int MAX_LOSS_PERCENT = 20;

    private TabShrinkGuard() {}

    /**
     * @param before rows below the header at the last publication, or found when there was none
     * @param after rows to be written
     * @return empty when the tab may be written
     */
    static Optional<RunError> check(int before, int after) {
        boolean emptied = before > 0 && after == 0;
        boolean shrinks = (long) (before - after) * 100 > (long) before * MAX_LOSS_PERCENT;
        return emptied || shrinks
                ? Optional.of(
                        new RunError(
                                "REPORT_WOULD_SHRINK",
                                false,
                                "The tab has "
                                        + before
                                        + " rows and would shrink to "
                                        + after
                                        + "; it was not changed.",
                                "Check that the data is complete (last sync, unmapped entries). If it is, run the report with force=true."))
                : Optional.empty();
    }
}

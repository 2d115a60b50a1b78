package ca.assistantgazelle.publication;

import ca.assistantgazelle.contract.event.RunError;
import java.util.Optional;

/**
 * Keeps a tab from being published much smaller than it was: far more often a fault in the data
 * than the truth. Source: reference/report-alerts.md §1.10, §6 (1, 2).
 */
final class ShrinkGuard {
  private static final int LARGEST_LOSS_PER_CENT = 20;

  private ShrinkGuard() {}

  /**
   * @param before rows below the header that were published, or stand there when nothing was
   * @param after rows that would stand there
   */
  static Optional<RunError> refuses(int before, int after) {
    boolean emptied = before > 0 && after == 0;
    boolean shrinks = (long) (before - after) * 100 > (long) before * LARGEST_LOSS_PER_CENT;
    return emptied || shrinks
        ? Optional.of(
            new RunError(
                "REPORT_WOULD_SHRINK",
                false,
                "It holds " + before + " rows and would hold " + after + "; nothing was changed.",
                "See whether the data is whole (last sync, unmapped entries). If it is, run the report with force=true."))
        : Optional.empty();
  }
}

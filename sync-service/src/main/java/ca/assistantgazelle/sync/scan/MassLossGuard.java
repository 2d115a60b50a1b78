package ca.assistantgazelle.sync.scan;

import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.sync.gazelle.MassLossException;

/** How many missing records are plausible; more are never taken for deletions. Source: docs/sync.md. */
public final class MassLossGuard {
    private static final int ALWAYS_TOLERATED = 10;
    private static final double TOLERATED_SHARE = 0.05;

    private MassLossGuard() {}

    /** Maximum number of missing rows, of all rows, that is considered plausible. */
    static double maxTolerated(long all) {
        return Math.max(ALWAYS_TOLERATED, all * TOLERATED_SHARE);
    }

    /** @throws MassLossException if too many of the known records are missing */
    public static void require(String entity, long missing, long known, long tolerated) {
        if (missing - tolerated > maxTolerated(known)) {
            throw new MassLossException(
                    new RunError(
                            "GAZELLE_MASS_LOSS",
                            false,
                            "%d of %d known %s are missing from Gazelle's response; none was marked as deleted."
                                    .formatted(missing, known, entity),
                            "Check in Gazelle whether they were really removed; a key with fewer permissions also hides records."));
        }
    }
}

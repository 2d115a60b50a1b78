package ca.assistantgazelle.report.publication;

import ca.assistantgazelle.contract.event.RunError;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The outcome of one tab in a run.
 *
 * @param changes compared with the last publication
 * @param status shown in the run's details: written, unchanged, created, failed
 * @param error null when the tab is up to date
 */
record TabUpdateOutcome(TabChanges changes, String status, RunError error) {
    Map<String, Long> counts() {
        var counts = new LinkedHashMap<String, Long>();
        counts.put("added", changes.added());
        counts.put("updated", changes.updated());
        counts.put("removed", changes.removed());
        counts.put("total", changes.total());
        return counts;
    }
}

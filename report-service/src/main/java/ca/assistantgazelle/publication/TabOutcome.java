package ca.assistantgazelle.publication;

import ca.assistantgazelle.contract.event.RunError;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of one tab in a run.
 *
 * @param changes compared with what the ledger says was published before
 * @param what for people: written, unchanged, created, renamed back, failed
 * @param error null when the tab is as it should be
 */
record TabOutcome(Changes changes, String what, RunError error) {
  Map<String, Long> counts() {
    var counts = new LinkedHashMap<String, Long>();
    counts.put("added", changes.added());
    counts.put("updated", changes.updated());
    counts.put("removed", changes.removed());
    counts.put("total", changes.total());
    return counts;
  }
}

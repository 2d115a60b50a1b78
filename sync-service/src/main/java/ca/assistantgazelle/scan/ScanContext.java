package ca.assistantgazelle.scan;

import ca.assistantgazelle.mirror.Tallies;
import ca.assistantgazelle.mirror.Tally;
import ca.assistantgazelle.workshop.Workbench;
import java.util.UUID;

/**
 * What one lane of a run works with.
 *
 * @param tallies the lane's own: lanes run side by side
 */
public record ScanContext(Workbench bench, Window window, Tallies tallies, Headway headway) {
  public UUID runId() {
    return bench.trigger().runId();
  }

  public Tally tally(String entity) {
    return tallies.of(entity);
  }
}

package ca.assistantgazelle.scan;

import ca.assistantgazelle.mirror.Tally;
import ca.assistantgazelle.workshop.Workbench;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What the scans of one run share. */
public record ScanContext(Workbench bench, Window window, Map<String, Tally> tallies) {
  public static ScanContext of(Workbench bench, Window window) {
    return new ScanContext(bench, window, new ConcurrentHashMap<>());
  }

  public UUID runId() {
    return bench.trigger().runId();
  }

  public Tally tally(String entity) {
    return tallies.computeIfAbsent(entity, name -> new Tally());
  }
}

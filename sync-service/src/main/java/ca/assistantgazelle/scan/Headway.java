package ca.assistantgazelle.scan;

import ca.assistantgazelle.mirror.Tallies;
import ca.assistantgazelle.workshop.Workbench;
import java.util.LinkedHashMap;
import java.util.Map;

/** How far the lanes of a run got, for whoever watches it. */
public final class Headway {
  private final Workbench bench;
  private final Map<String, Map<String, Object>> entities = new LinkedHashMap<>();
  private final Map<String, Tallies> lanes = new LinkedHashMap<>();

  public Headway(Workbench bench) {
    this.bench = bench;
  }

  /**
   * @param entity the lane's
   * @param read records stored so far
   * @param total records that Gazelle says it has
   */
  synchronized void made(String entity, Tallies tallies, int read, int total) {
    lanes.put(entity, tallies);
    entities.put(entity, Map.of("read", read, "total", total));
    var counted = new Tallies();
    lanes.values().forEach(counted::add);
    bench.progress(counted.counts(), Map.of("entities", new LinkedHashMap<>(entities)));
  }
}

package ca.assistantgazelle.mirror;

import java.util.LinkedHashMap;
import java.util.Map;

/** The tallies of one lane of work, by entity. */
public final class Tallies {
  private final Map<String, Tally> byEntity = new LinkedHashMap<>();

  public Tallies() {}

  /** Goes on from what an earlier attempt counted. */
  public Tallies(Map<String, Map<String, Long>> soFar) {
    soFar.forEach((entity, counts) -> byEntity.put(entity, new Tally(counts)));
  }

  public synchronized Tally of(String entity) {
    return byEntity.computeIfAbsent(entity, name -> new Tally());
  }

  /** A copy: by entity, by word. */
  public synchronized Map<String, Map<String, Long>> counts() {
    var counts = new LinkedHashMap<String, Map<String, Long>>();
    byEntity.forEach((entity, tally) -> counts.put(entity, tally.counts()));
    return counts;
  }

  /** Takes back what a transaction that was rolled back had counted. */
  public synchronized void restore(Map<String, Map<String, Long>> snapshot) {
    byEntity.clear();
    snapshot.forEach((entity, counts) -> byEntity.put(entity, new Tally(counts)));
  }

  /** Adds what another lane counted. */
  public synchronized void add(Tallies other) {
    other
        .counts()
        .forEach((entity, counts) -> counts.forEach((word, n) -> of(entity).add(word, n)));
  }
}

package ca.assistantgazelle.mirror;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of the rows of one entity. Every fetched row is counted under exactly one of the
 * other words.
 */
public final class Tally {
  private final Map<String, Long> counts = new LinkedHashMap<>();

  Tally() {
    for (var word :
        new String[] {"fetched", "inserted", "updated", "unchanged", "quarantined", "deleted"}) {
      counts.put(word, 0L);
    }
  }

  /** Goes on from what an earlier attempt counted. */
  Tally(Map<String, Long> soFar) {
    this();
    counts.putAll(soFar);
  }

  public synchronized void add(String word, long n) {
    counts.merge(word, n, Long::sum);
  }

  public synchronized long get(String word) {
    return counts.getOrDefault(word, 0L);
  }

  public synchronized Map<String, Long> counts() {
    return new LinkedHashMap<>(counts);
  }

  /** Rows that are neither stored nor quarantined: must be none. */
  public synchronized long unaccounted() {
    return get("fetched")
        - get("inserted")
        - get("updated")
        - get("unchanged")
        - get("quarantined");
  }
}

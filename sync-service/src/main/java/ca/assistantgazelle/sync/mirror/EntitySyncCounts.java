package ca.assistantgazelle.sync.mirror;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts of one entity's rows by outcome. Every fetched row is counted as exactly one of inserted, updated, unchanged
 * and quarantined.
 */
public final class EntitySyncCounts {
    private final Map<String, Long> counts = new LinkedHashMap<>();

    EntitySyncCounts() {
        for (var word : new String[] {"fetched", "inserted", "updated", "unchanged", "quarantined", "deleted"}) {
            counts.put(word, 0L);
        }
    }

    /** Continues the counts of an earlier attempt. */
    EntitySyncCounts(Map<String, Long> soFar) {
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

    /** Number of rows neither stored nor quarantined; must be zero at the end of a run. */
    public synchronized long unaccounted() {
        return get("fetched") - get("inserted") - get("updated") - get("unchanged") - get("quarantined");
    }
}

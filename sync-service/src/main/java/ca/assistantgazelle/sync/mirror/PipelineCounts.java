package ca.assistantgazelle.sync.mirror;

import java.util.LinkedHashMap;
import java.util.Map;

/** The counts of one pipeline, by entity. */
public final class PipelineCounts {
    private final Map<String, EntitySyncCounts> byEntity = new LinkedHashMap<>();

    public PipelineCounts() {}

    /** Continues the counts of an earlier attempt. */
    public PipelineCounts(Map<String, Map<String, Long>> soFar) {
        soFar.forEach((entity, counts) -> byEntity.put(entity, new EntitySyncCounts(counts)));
    }

    public synchronized EntitySyncCounts of(String entity) {
        return byEntity.computeIfAbsent(entity, name -> new EntitySyncCounts());
    }

    /** A copy of the counts by entity and kind. */
    public synchronized Map<String, Map<String, Long>> asMap() {
        var counts = new LinkedHashMap<String, Map<String, Long>>();
        byEntity.forEach((entity, tally) -> counts.put(entity, tally.counts()));
        return counts;
    }

    /** Restores a snapshot after a transaction was rolled back. */
    public synchronized void restore(Map<String, Map<String, Long>> snapshot) {
        byEntity.clear();
        snapshot.forEach((entity, counts) -> byEntity.put(entity, new EntitySyncCounts(counts)));
    }

    /** Adds the counts of another pipeline. */
    public synchronized void add(PipelineCounts other) {
        other.asMap()
                .forEach((entity, counts) ->
                        counts.forEach((word, n) -> of(entity).add(word, n)));
    }
}

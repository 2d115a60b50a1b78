package ca.assistantgazelle.emulators.gazelle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The records of one collection in insertion order. For fast reads it caches a snapshot and one index per queried
 * field; every change invalidates both.
 */
final class EmulatedRecordTable {
    private final Map<String, Map<String, Object>> byId = new LinkedHashMap<>();
    private final Map<String, Map<Object, List<Map<String, Object>>>> indexes = new HashMap<>();
    private List<Map<String, Object>> snapshot;
    private long version;

    void put(String id, Map<String, Object> entry) {
        byId.put(id, entry);
        invalidate();
    }

    boolean remove(String id) {
        boolean removed = byId.remove(id) != null;
        if (removed) {
            invalidate();
        }
        return removed;
    }

    Map<String, Object> get(String id) {
        return byId.get(id);
    }

    List<Map<String, Object>> all() {
        if (snapshot == null) {
            snapshot = Collections.unmodifiableList(new ArrayList<>(byId.values()));
        }
        return snapshot;
    }

    List<Map<String, Object>> where(String field, Object value) {
        return indexes.computeIfAbsent(field, this::index).getOrDefault(value, List.of());
    }

    long version() {
        return version;
    }

    private Map<Object, List<Map<String, Object>>> index(String field) {
        var index = new HashMap<Object, List<Map<String, Object>>>();
        for (var entry : byId.values()) {
            index.computeIfAbsent(entry.get(field), value -> new ArrayList<>()).add(entry);
        }
        index.replaceAll((value, entries) -> Collections.unmodifiableList(entries));
        return index;
    }

    private void invalidate() {
        snapshot = null;
        indexes.clear();
        version++;
    }
}

package ca.assistantgazelle.emulators.gazelle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Alters correct responses: missing records, endless pages, unknown enum values and fields. */
final class ResponseCorruptor {
    /** Not in the schema. */
    static final String UNKNOWN_VALUE = "SURPRISE_DU_SERVEUR";

    static final String UNKNOWN_FIELD = "champDeDemain";

    /** Page size that the sync requests. */
    private static final int SYNC_PAGE_SIZE = 100;

    private ResponseCorruptor() {}

    /** Gives the first record of the first list an unknown type and status. */
    static Object unknownEnum(Object data) {
        return editFirstNode(data, node -> {
            for (var field : new String[] {"status", "type"}) {
                if (node.containsKey(field)) {
                    node.put(field, UNKNOWN_VALUE);
                }
            }
        });
    }

    /** Adds an unknown field to every object. */
    static Object unknownFields(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<String, Object>();
                map.forEach((key, inner) -> copy.put((String) key, unknownFields(inner)));
                copy.put(UNKNOWN_FIELD, Map.of("profond", List.of(1, "deux")));
                yield copy;
            }
            case List<?> list ->
                list.stream().map(ResponseCorruptor::unknownFields).toList();
            case null, default -> value;
        };
    }

    /** Replaces the first record of the first list by null. */
    static Object nullRecord(Object data) {
        return editFirstList(data, list -> {
            var nodes = new ArrayList<Object>((List<?>) list.get("nodes"));
            nodes.set(0, null);
            list.put("nodes", nodes);
        });
    }

    /** Makes pagination of the first list endless: the end cursor alternates between 1 and 2. */
    static Object circlingPages(Object data) {
        return editFirstList(data, list -> {
            var info = new LinkedHashMap<String, Object>();
            info.put("hasNextPage", true);
            boolean cameFromOne = list.get("pageInfo") instanceof Map<?, ?> pageInfo
                    && EmulatedPage.cursor(SYNC_PAGE_SIZE + 1).equals(pageInfo.get("endCursor"));
            info.put("endCursor", EmulatedPage.cursor(cameFromOne ? 2 : 1));
            list.put("pageInfo", info);
        });
    }

    private interface RecordEdit {
        void apply(Map<String, Object> map);
    }

    private static Object editFirstNode(Object data, RecordEdit change) {
        return editFirstList(data, list -> {
            var nodes = new ArrayList<Object>((List<?>) list.get("nodes"));
            var first = copy(nodes.getFirst());
            change.apply(first);
            nodes.set(0, first);
            list.put("nodes", nodes);
        });
    }

    private static Object editFirstList(Object data, RecordEdit change) {
        var copy = copy(data);
        for (var root : copy.entrySet()) {
            if (root.getValue() instanceof Map<?, ?> connection
                    && connection.get("nodes") instanceof List<?> nodes
                    && !nodes.isEmpty()) {
                var list = copy(connection);
                change.apply(list);
                root.setValue(list);
                return copy;
            }
        }
        return copy;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> copy(Object map) {
        return new LinkedHashMap<>((Map<String, Object>) map);
    }
}

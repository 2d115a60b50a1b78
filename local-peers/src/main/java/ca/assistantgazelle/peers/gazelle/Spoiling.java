package ca.assistantgazelle.peers.gazelle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Changes a good answer into one that a server of another version could give. */
final class Spoiling {
  /** Neither is in the schema. */
  static final String UNKNOWN_VALUE = "SURPRISE_DU_SERVEUR";

  static final String UNKNOWN_FIELD = "champDeDemain";

  private Spoiling() {}

  /** The first record of the first list gets a type and status nobody knows. */
  static Object unknownEnum(Object data) {
    return inFirstNode(
        data,
        node -> {
          for (var field : new String[] {"status", "type"}) {
            if (node.containsKey(field)) {
              node.put(field, UNKNOWN_VALUE);
            }
          }
        });
  }

  /** Every record of every list gets one more field. */
  static Object unknownFields(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<String, Object>();
        map.forEach((key, inner) -> copy.put((String) key, unknownFields(inner)));
        copy.put(UNKNOWN_FIELD, Map.of("profond", List.of(1, "deux")));
        yield copy;
      }
      case List<?> list -> list.stream().map(Spoiling::unknownFields).toList();
      case null, default -> value;
    };
  }

  private interface Change {
    void apply(Map<String, Object> node);
  }

  @SuppressWarnings("unchecked")
  private static Object inFirstNode(Object data, Change change) {
    var copy = new LinkedHashMap<>((Map<String, Object>) data);
    for (var root : copy.entrySet()) {
      if (root.getValue() instanceof Map<?, ?> connection
          && connection.get("nodes") instanceof List<?> nodes
          && !nodes.isEmpty()) {
        var first = new LinkedHashMap<>((Map<String, Object>) nodes.getFirst());
        change.apply(first);
        var spoilt = new ArrayList<Object>(nodes);
        spoilt.set(0, first);
        var changed = new LinkedHashMap<>((Map<String, Object>) connection);
        changed.put("nodes", spoilt);
        root.setValue(changed);
        return copy;
      }
    }
    return copy;
  }
}

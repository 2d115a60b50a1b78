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

  /** Records on a page of the sync's. */
  private static final int CIRCLE_PAGE = 100;

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

  /** The first record of the first list is null. */
  static Object nullRecord(Object data) {
    return inFirstList(
        data,
        list -> {
          var nodes = new ArrayList<Object>((List<?>) list.get("nodes"));
          nodes.set(0, null);
          list.put("nodes", nodes);
        });
  }

  /** The first list never ends: its second and third record begin its next pages in turn. */
  static Object circlingPages(Object data) {
    return inFirstList(
        data,
        list -> {
          var info = new LinkedHashMap<String, Object>();
          info.put("hasNextPage", true);
          boolean cameFromOne =
              list.get("pageInfo") instanceof Map<?, ?> told
                  && Page.cursor(CIRCLE_PAGE + 1).equals(told.get("endCursor"));
          info.put("endCursor", Page.cursor(cameFromOne ? 2 : 1));
          list.put("pageInfo", info);
        });
  }

  private interface Change {
    void apply(Map<String, Object> map);
  }

  private static Object inFirstNode(Object data, Change change) {
    return inFirstList(
        data,
        list -> {
          var nodes = new ArrayList<Object>((List<?>) list.get("nodes"));
          var first = copy(nodes.getFirst());
          change.apply(first);
          nodes.set(0, first);
          list.put("nodes", nodes);
        });
  }

  private static Object inFirstList(Object data, Change change) {
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

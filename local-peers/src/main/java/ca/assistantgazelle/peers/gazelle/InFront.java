package ca.assistantgazelle.peers.gazelle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds or removes a record at the head of a list, while somebody walks through it. */
final class InFront {
  private InFront() {}

  /**
   * @param rows the list as it was
   */
  static void change(
      Records records, Collection collection, List<Map<String, Object>> rows, Fault fault) {
    if (rows.isEmpty()) {
      return;
    }
    var head = rows.getFirst();
    if (fault == Fault.ROWS_DELETED) {
      records.delete(collection, (String) head.get("id"));
      return;
    }
    var copy = new LinkedHashMap<>(head);
    copy.remove("id");
    if (collection == Collection.TIMELINE) {
      copy.put("occurredAt", records.now());
    } else if (collection != Collection.EVENTS) {
      copy.put("createdAt", "2001-01-01T12:00:00Z");
    }
    records.create(collection, copy);
  }
}

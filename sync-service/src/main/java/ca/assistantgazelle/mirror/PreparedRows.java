package ca.assistantgazelle.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows made from records, with what could not become one. The last record of an id counts. */
public final class PreparedRows<R extends Record> {
  private final MirrorTable<R> table;
  private final Map<String, MirrorTable.Hashed<R>> rows = new LinkedHashMap<>();
  private final Map<String, JsonNode> payloads = new HashMap<>();
  private final List<Refused> refused = new ArrayList<>();

  record Refused(JsonNode payload, String reason) {}

  PreparedRows(MirrorTable<R> table) {
    this.table = table;
  }

  void add(MirrorTable.Hashed<R> row, JsonNode payload) {
    rows.put(row.id(), row);
    payloads.put(row.id(), payload);
  }

  void refuse(JsonNode payload, String reason) {
    refused.add(new Refused(payload, reason));
  }

  MirrorTable<R> table() {
    return table;
  }

  Map<String, MirrorTable.Hashed<R>> rows() {
    return rows;
  }

  List<Refused> refused() {
    return refused;
  }

  JsonNode payload(String id) {
    return payloads.get(id);
  }
}

package ca.assistantgazelle.peers.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The calls of Sheets v4 that this emulator knows, without HTTP. */
final class SheetsApi {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Spreadsheet> spreadsheets;

  SheetsApi(Map<String, Spreadsheet> spreadsheets) {
    this.spreadsheets = spreadsheets;
  }

  /**
   * @param path behind {@code /v4/spreadsheets/}
   * @param ranges of the query
   */
  JsonNode call(String method, String path, List<String> ranges, byte[] body) throws IOException {
    var id = path.split("[/:]")[0];
    var rest = path.substring(id.length());
    var spreadsheet = spreadsheets.get(id);
    if (spreadsheet == null) {
      throw GoogleError.notFound();
    }
    boolean write = !method.equals("GET");
    if (write && spreadsheet.readOnly()) {
      throw new GoogleError(403, "PERMISSION_DENIED", "The caller does not have permission");
    }
    var content = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    if (!write) {
      return read(spreadsheet, rest, ranges);
    }
    if (method.equals("POST") && rest.equals(":batchUpdate")) {
      return spreadsheet.batchUpdate(content.path("requests"));
    }
    if (method.equals("PUT") && rest.startsWith("/values/")) {
      return put(spreadsheet, rest.substring("/values/".length()), content.path("values"));
    }
    throw new GoogleError(404, "NOT_FOUND", "This emulator does not know " + method + " " + rest);
  }

  private static JsonNode read(Spreadsheet spreadsheet, String rest, List<String> ranges) {
    if (rest.isEmpty()) {
      return spreadsheet.json();
    }
    synchronized (spreadsheet) {
      if (rest.equals("/values:batchGet")) {
        var answer = JsonNodeFactory.instance.objectNode().put("spreadsheetId", spreadsheet.id());
        var list = answer.putArray("valueRanges");
        ranges.forEach(range -> list.add(values(GridRange.of(spreadsheet, range))));
        return answer;
      }
      if (rest.startsWith("/values/")) {
        return values(GridRange.of(spreadsheet, rest.substring("/values/".length())));
      }
    }
    throw new GoogleError(404, "NOT_FOUND", "This emulator does not know GET " + rest);
  }

  // Empty cells at the end of a row and empty rows at the end of the range are left out.
  private static ObjectNode values(GridRange range) {
    var answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("range", range.text())
            .put("majorDimension", "ROWS");
    var rows = JsonNodeFactory.instance.arrayNode();
    int end = Math.min(range.endRow(), range.sheet().usedRows());
    for (int row = range.startRow(); row < end; row++) {
      rows.add(cells(range, row));
    }
    while (!rows.isEmpty() && rows.get(rows.size() - 1).isEmpty()) {
      rows.remove(rows.size() - 1);
    }
    if (!rows.isEmpty()) {
      answer.set("values", rows);
    }
    return answer;
  }

  private static ArrayNode cells(GridRange range, int row) {
    var cells = JsonNodeFactory.instance.arrayNode();
    int last = range.endColumn() - 1;
    while (last >= range.startColumn() && range.sheet().value(row, last) == null) {
      last--;
    }
    for (int column = range.startColumn(); column <= last; column++) {
      cells.add(range.sheet().shown(row, column));
    }
    return cells;
  }

  // As a person types: for trying out what the report does about it.
  private static JsonNode put(Spreadsheet spreadsheet, String text, JsonNode values) {
    synchronized (spreadsheet) {
      var range = GridRange.of(spreadsheet, text);
      int row = range.startRow();
      for (var cells : values) {
        int column = range.startColumn();
        for (var cell : cells) {
          var value = JsonNodeFactory.instance.objectNode();
          value.put("stringValue", cell.asText());
          range.sheet().set(row, column++, cell.asText().isEmpty() ? null : value);
        }
        row++;
      }
      return JsonNodeFactory.instance
          .objectNode()
          .put("spreadsheetId", spreadsheet.id())
          .put("updatedRange", range.text())
          .put("updatedRows", values.size());
    }
  }
}

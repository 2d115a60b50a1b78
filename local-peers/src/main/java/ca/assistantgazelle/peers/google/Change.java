package ca.assistantgazelle.peers.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The requests of a batchUpdate that this emulator knows; any other is refused. */
final class Change {
  private static final int ROWS = 1_000;
  private static final int COLUMNS = 26;

  private Change() {}

  static ObjectNode apply(Spreadsheet spreadsheet, JsonNode request, int index) {
    var kind = request.properties().iterator().next();
    var body = kind.getValue();
    var reply = JsonNodeFactory.instance.objectNode();
    try {
      switch (kind.getKey()) {
        case "addSheet" -> reply.putObject("addSheet").set("properties", add(spreadsheet, body));
        case "deleteSheet" -> spreadsheet.remove(body.path("sheetId").asInt());
        case "updateSheetProperties" -> properties(spreadsheet, body);
        case "updateCells" -> cells(spreadsheet, body);
        case "copyPaste" -> paste(spreadsheet, body);
        case "repeatCell", "updateDimensionProperties", "autoResizeDimensions", "setBasicFilter" ->
            checked(spreadsheet, body);
        default ->
            throw GoogleError.invalid(
                "Invalid JSON payload received. Unknown name \"" + kind.getKey() + "\"");
      }
    } catch (GoogleError e) {
      throw GoogleError.invalid(
          "Invalid requests[" + index + "]." + kind.getKey() + ": " + e.getMessage());
    }
    return reply;
  }

  private static ObjectNode add(Spreadsheet spreadsheet, JsonNode body) {
    var wanted = body.path("properties");
    var grid = wanted.path("gridProperties");
    var sheet =
        Sheet.create(
            wanted.path("sheetId").asInt(spreadsheet.freeNumber()),
            wanted.path("title").asText("Feuille " + spreadsheet.freeNumber()),
            grid.path("rowCount").asInt(ROWS),
            grid.path("columnCount").asInt(COLUMNS));
    if (grid.has("frozenRowCount")) {
      sheet.change(wanted, "gridProperties.frozenRowCount");
    }
    if (wanted.has("hidden")) {
      sheet.change(wanted, "hidden");
    }
    spreadsheet.add(sheet);
    return sheet.properties();
  }

  private static void properties(Spreadsheet spreadsheet, JsonNode body) {
    var wanted = body.path("properties");
    var sheet = spreadsheet.sheet(wanted.path("sheetId").asInt());
    var title = wanted.path("title").asText(sheet.title());
    spreadsheet
        .titled(title)
        .filter(other -> other.id() != sheet.id())
        .ifPresent(
            other -> {
              throw GoogleError.invalid(
                  "A sheet with the name \""
                      + title
                      + "\" already exists. Please enter another name.");
            });
    sheet.change(wanted, fields(body));
  }

  // Cells of the range that are not given are emptied, as Google does.
  private static void cells(Spreadsheet spreadsheet, JsonNode body) {
    fields(body);
    if (body.has("range")) {
      var range = GridRange.of(spreadsheet, body.get("range"));
      for (int row = range.startRow(); row < range.endRow(); row++) {
        for (int column = range.startColumn(); column < range.endColumn(); column++) {
          var cell =
              body.path("rows")
                  .path(row - range.startRow())
                  .path("values")
                  .path(column - range.startColumn());
          if (cell.isMissingNode() && range.sheet().value(row, column) == null) {
            continue;
          }
          range.sheet().set(row, column, cell.get("userEnteredValue"));
        }
      }
      return;
    }
    var start = body.path("start");
    var sheet = spreadsheet.sheet(start.path("sheetId").asInt());
    int row = start.path("rowIndex").asInt();
    for (var cells : body.path("rows")) {
      int column = start.path("columnIndex").asInt();
      for (var cell : cells.path("values")) {
        sheet.set(row, column++, cell.get("userEnteredValue"));
      }
      row++;
    }
  }

  private static void paste(Spreadsheet spreadsheet, JsonNode body) {
    var from = GridRange.of(spreadsheet, body.path("source"));
    var to = GridRange.of(spreadsheet, body.path("destination"));
    int rows = from.endRow() - from.startRow();
    int columns = from.endColumn() - from.startColumn();
    if (to.endRow() - to.startRow() != rows || to.endColumn() - to.startColumn() != columns) {
      throw GoogleError.invalid("This emulator pastes ranges of one size only.");
    }
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        to.sheet()
            .set(
                to.startRow() + row,
                to.startColumn() + column,
                from.sheet().value(from.startRow() + row, from.startColumn() + column));
      }
    }
  }

  // Looks are not kept; what they are asked for must exist.
  private static void checked(Spreadsheet spreadsheet, JsonNode body) {
    var range = body.has("range") ? body.get("range") : body.path("dimensions");
    spreadsheet.sheet(range.path("sheetId").asInt());
  }

  private static String fields(JsonNode body) {
    var fields = body.path("fields").asText();
    if (fields.isBlank()) {
      throw GoogleError.invalid(
          "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)");
    }
    return fields;
  }
}

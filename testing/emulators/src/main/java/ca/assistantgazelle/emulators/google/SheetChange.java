package ca.assistantgazelle.emulators.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Applies the supported requests of a batchUpdate; any other is rejected. */
final class SheetChange {
    private static final int ROWS = 1_000;
    private static final int COLUMNS = 26;

    private SheetChange() {}

    static ObjectNode apply(EmulatedSpreadsheet spreadsheet, JsonNode request, int index) {
        var kind = request.properties().iterator().next();
        var body = kind.getValue();
        var reply = JsonNodeFactory.instance.objectNode();
        try {
            switch (kind.getKey()) {
                case "addSheet" -> reply.putObject("addSheet").set("properties", addSheet(spreadsheet, body));
                case "deleteSheet" -> spreadsheet.remove(body.path("sheetId").asInt());
                case "updateSheetProperties" -> updateProperties(spreadsheet, body);
                case "updateCells" -> updateCells(spreadsheet, body);
                case "copyPaste" -> copyPaste(spreadsheet, body);
                case "repeatCell", "updateDimensionProperties", "autoResizeDimensions", "setBasicFilter" ->
                    requireSheetExists(spreadsheet, body);
                default ->
                    throw GoogleErrorException.invalid(
                            "Invalid JSON payload received. Unknown name \"" + kind.getKey() + "\"");
            }
        } catch (GoogleErrorException e) {
            throw GoogleErrorException.invalid(
                    "Invalid requests[" + index + "]." + kind.getKey() + ": " + e.getMessage());
        }
        return reply;
    }

    private static ObjectNode addSheet(EmulatedSpreadsheet spreadsheet, JsonNode body) {
        var wanted = body.path("properties");
        var grid = wanted.path("gridProperties");
        var sheet = EmulatedSheet.create(
                wanted.path("sheetId").asInt(spreadsheet.nextSheetId()),
                wanted.path("title").asText("Feuille " + spreadsheet.nextSheetId()),
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

    private static void updateProperties(EmulatedSpreadsheet spreadsheet, JsonNode body) {
        var wanted = body.path("properties");
        var sheet = spreadsheet.sheet(wanted.path("sheetId").asInt());
        var title = wanted.path("title").asText(sheet.title());
        spreadsheet.findByTitle(title).filter(other -> other.id() != sheet.id()).ifPresent(other -> {
            throw GoogleErrorException.invalid(
                    "A sheet with the name \"" + title + "\" already exists. Please enter another name.");
        });
        sheet.change(wanted, fields(body));
    }

    // Like Google, clears the cells of the range that the request leaves out.
    private static void updateCells(EmulatedSpreadsheet spreadsheet, JsonNode body) {
        fields(body);
        if (body.has("range")) {
            var range = SheetGridRange.of(spreadsheet, body.get("range"));
            for (int row = range.startRow(); row < range.endRow(); row++) {
                for (int column = range.startColumn(); column < range.endColumn(); column++) {
                    var cell = body.path("rows")
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

    private static void copyPaste(EmulatedSpreadsheet spreadsheet, JsonNode body) {
        var from = SheetGridRange.of(spreadsheet, body.path("source"));
        var to = SheetGridRange.of(spreadsheet, body.path("destination"));
        int rows = from.endRow() - from.startRow();
        int columns = from.endColumn() - from.startColumn();
        if (to.endRow() - to.startRow() != rows || to.endColumn() - to.startColumn() != columns) {
            throw GoogleErrorException.invalid(
                    "copyPaste: source and destination must have the same size in this emulator.");
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

    // Formatting is not stored, but the sheet must exist.
    private static void requireSheetExists(EmulatedSpreadsheet spreadsheet, JsonNode body) {
        var range = body.has("range") ? body.get("range") : body.path("dimensions");
        spreadsheet.sheet(range.path("sheetId").asInt());
    }

    private static String fields(JsonNode body) {
        var fields = body.path("fields").asText();
        if (fields.isBlank()) {
            throw GoogleErrorException.invalid(
                    "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)");
        }
        return fields;
    }
}

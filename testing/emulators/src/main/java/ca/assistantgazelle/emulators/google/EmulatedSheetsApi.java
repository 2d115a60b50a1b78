package ca.assistantgazelle.emulators.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The supported calls of Sheets v4, independent of HTTP. */
final class EmulatedSheetsApi {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, EmulatedSpreadsheet> spreadsheets;

    EmulatedSheetsApi(Map<String, EmulatedSpreadsheet> spreadsheets) {
        this.spreadsheets = spreadsheets;
    }

    /**
     * @param path after {@code /v4/spreadsheets/}
     * @param ranges the query parameters of that name
     */
    JsonNode call(String method, String path, List<String> ranges, byte[] body) throws IOException {
        var id = path.split("[/:]")[0];
        var rest = path.substring(id.length());
        var spreadsheet = spreadsheets.get(id);
        if (spreadsheet == null) {
            throw GoogleErrorException.notFound();
        }
        boolean write = !method.equals("GET");
        if (write && spreadsheet.readOnly()) {
            throw new GoogleErrorException(403, "PERMISSION_DENIED", "The caller does not have permission");
        }
        var content = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
        if (!write) {
            return read(spreadsheet, rest, ranges);
        }
        if (method.equals("POST") && rest.equals(":batchUpdate")) {
            return spreadsheet.batchUpdate(content.path("requests"));
        }
        if (method.equals("PUT") && rest.startsWith("/values/")) {
            return writeValues(spreadsheet, rest.substring("/values/".length()), content.path("values"));
        }
        throw new GoogleErrorException(404, "NOT_FOUND", "Unsupported call: " + method + " " + rest);
    }

    private static JsonNode read(EmulatedSpreadsheet spreadsheet, String rest, List<String> ranges) {
        if (rest.isEmpty()) {
            return spreadsheet.toJson();
        }
        synchronized (spreadsheet) {
            if (rest.equals("/values:batchGet")) {
                var answer = JsonNodeFactory.instance.objectNode().put("spreadsheetId", spreadsheet.id());
                var list = answer.putArray("valueRanges");
                ranges.forEach(range -> list.add(values(SheetGridRange.of(spreadsheet, range))));
                return answer;
            }
            if (rest.startsWith("/values/")) {
                return values(SheetGridRange.of(spreadsheet, rest.substring("/values/".length())));
            }
        }
        throw new GoogleErrorException(404, "NOT_FOUND", "Unsupported call: GET " + rest);
    }

    // Trailing empty cells and trailing empty rows are omitted.
    private static ObjectNode values(SheetGridRange range) {
        var answer =
                JsonNodeFactory.instance.objectNode().put("range", range.toA1()).put("majorDimension", "ROWS");
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

    private static ArrayNode cells(SheetGridRange range, int row) {
        var cells = JsonNodeFactory.instance.arrayNode();
        int last = range.endColumn() - 1;
        while (last >= range.startColumn() && range.sheet().value(row, last) == null) {
            last--;
        }
        for (int column = range.startColumn(); column <= last; column++) {
            cells.add(range.sheet().displayedValue(row, column));
        }
        return cells;
    }

    // Writes plain text, as a user typing into the sheet would, to try how the report reacts.
    private static JsonNode writeValues(EmulatedSpreadsheet spreadsheet, String text, JsonNode values) {
        synchronized (spreadsheet) {
            var range = SheetGridRange.of(spreadsheet, text);
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
                    .put("updatedRange", range.toA1())
                    .put("updatedRows", values.size());
        }
    }
}

package ca.assistantgazelle.emulators.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One tab: a grid of cells and its properties. Rows are copied on write, so that copying a tab is cheap. */
final class EmulatedSheet {
    static final int MAX_CELL_CHARACTERS = 50_000;

    private final int id;
    private ObjectNode properties;
    private final List<JsonNode[]> rows;

    private EmulatedSheet(int id, ObjectNode properties, List<JsonNode[]> rows) {
        this.id = id;
        this.properties = properties;
        this.rows = rows;
    }

    static EmulatedSheet create(int id, String title, int rowCount, int columnCount) {
        var properties = JsonNodeFactory.instance.objectNode();
        properties.put("sheetId", id).put("title", title).put("sheetType", "GRID");
        properties.putObject("gridProperties").put("rowCount", rowCount).put("columnCount", columnCount);
        return new EmulatedSheet(id, properties, new ArrayList<>());
    }

    EmulatedSheet copy() {
        return new EmulatedSheet(id, properties.deepCopy(), new ArrayList<>(rows));
    }

    int id() {
        return id;
    }

    String title() {
        return properties.path("title").asText();
    }

    boolean hidden() {
        return properties.path("hidden").asBoolean();
    }

    int rowCount() {
        return properties.path("gridProperties").path("rowCount").asInt();
    }

    int columnCount() {
        return properties.path("gridProperties").path("columnCount").asInt();
    }

    int frozenRows() {
        return properties.path("gridProperties").path("frozenRowCount").asInt();
    }

    ObjectNode properties() {
        return properties;
    }

    /** Changes the named properties only. */
    void change(JsonNode changes, String fields) {
        for (var field : fields.split(",")) {
            var path = field.strip().split("\\.");
            if (path.length == 1 && changes.path(path[0]).isObject()) {
                properties.set(path[0], changes.get(path[0]).deepCopy());
            } else if (path.length == 1) {
                properties.set(path[0], changes.get(path[0]));
            } else {
                properties
                        .withObject("/" + path[0])
                        .set(path[1], changes.path(path[0]).get(path[1]));
            }
        }
        truncateToGrid();
    }

    private void truncateToGrid() {
        if (rowCount() < 1 || columnCount() < 1) {
            throw GoogleErrorException.invalid("Invalid grid size");
        }
        if (frozenRows() >= rowCount()) {
            throw GoogleErrorException.invalid("Sorry, it is not possible to freeze all visible rows on the sheet.");
        }
        while (rows.size() > rowCount()) {
            rows.removeLast();
        }
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).length > columnCount()) {
                rows.set(i, Arrays.copyOf(rows.get(i), columnCount()));
            }
        }
    }

    /** @param value an {@code ExtendedValue} of the API ({@code {"stringValue": "…"}}), null = empty */
    void set(int row, int column, JsonNode value) {
        if (row >= rowCount() || column >= columnCount()) {
            throw SheetGridRange.exceedsGrid(this);
        }
        if (value != null && value.path("stringValue").asText().length() > MAX_CELL_CHARACTERS) {
            throw GoogleErrorException.invalid(
                    "Your input contains more than the maximum of 50000 characters in a single cell.");
        }
        while (rows.size() <= row) {
            rows.add(new JsonNode[0]);
        }
        var cells = Arrays.copyOf(rows.get(row), Math.max(rows.get(row).length, column + 1));
        cells[column] = value == null || value.isEmpty() ? null : value;
        rows.set(row, cells);
    }

    JsonNode value(int row, int column) {
        return row < rows.size() && column < rows.get(row).length ? rows.get(row)[column] : null;
    }

    /** The cell as displayed to a reader; empty if the cell is empty. */
    String displayedValue(int row, int column) {
        var value = value(row, column);
        if (value == null) {
            return "";
        }
        return value.properties().iterator().next().getValue().asText();
    }

    /** Number of rows up to the last one that is not empty. */
    int usedRows() {
        int used = rows.size();
        while (used > 0 && Arrays.stream(rows.get(used - 1)).allMatch(cell -> cell == null)) {
            used--;
        }
        return used;
    }
}

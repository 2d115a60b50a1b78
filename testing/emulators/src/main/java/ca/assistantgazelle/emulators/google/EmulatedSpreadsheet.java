package ca.assistantgazelle.emulators.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A spreadsheet. A batch of changes is applied atomically. */
public final class EmulatedSpreadsheet {
    private static final long MAX_CELLS = 10_000_000;

    private final String id;
    private final String title;
    private Map<Integer, EmulatedSheet> sheets = new LinkedHashMap<>();
    private boolean readOnly;

    EmulatedSpreadsheet(String id, String title) {
        this.id = id;
        this.title = title;
        sheets.put(0, EmulatedSheet.create(0, "Feuille 1", 1000, 26));
    }

    String id() {
        return id;
    }

    String title() {
        return title;
    }

    /** Sets whether the service account may only read. */
    public synchronized void setReadOnly(boolean readOnly) {
        this.readOnly = readOnly;
    }

    synchronized boolean readOnly() {
        return readOnly;
    }

    synchronized List<EmulatedSheet> sheets() {
        return List.copyOf(sheets.values());
    }

    /** Titles of the tabs, in order. */
    public synchronized List<String> tabTitles() {
        return sheets.values().stream().map(EmulatedSheet::title).toList();
    }

    /** The displayed rows of a tab, header included; empty if the tab does not exist. */
    public synchronized List<List<String>> displayedRows(String tab) {
        return findByTitle(tab)
                .map(sheet -> java.util.stream.IntStream.range(0, sheet.usedRows())
                        .mapToObj(row -> java.util.stream.IntStream.range(0, sheet.columnCount())
                                .mapToObj(column -> sheet.displayedValue(row, column))
                                .toList())
                        .toList())
                .orElse(List.of());
    }

    /** The tab's {@code sheetId}. */
    public synchronized int sheetId(String tab) {
        return findByTitle(tab).orElseThrow().id();
    }

    synchronized ObjectNode toJson() {
        var json = JsonNodeFactory.instance.objectNode().put("spreadsheetId", id);
        json.putObject("properties").put("title", title).put("locale", "fr_CA").put("timeZone", "America/Toronto");
        var list = json.putArray("sheets");
        int index = 0;
        for (var sheet : sheets.values()) {
            var properties = sheet.properties().deepCopy();
            properties.put("index", index++);
            list.addObject().set("properties", properties);
        }
        return json;
    }

    /** Applies all requests, or none if one of them fails. */
    synchronized ObjectNode batchUpdate(JsonNode requests) {
        var before = sheets;
        sheets = new LinkedHashMap<>();
        before.forEach((number, sheet) -> sheets.put(number, sheet.copy()));
        try {
            var replies = JsonNodeFactory.instance.arrayNode();
            int index = 0;
            for (var request : requests) {
                replies.add(SheetChange.apply(this, request, index++));
            }
            requireWithinCellLimit();
            var answer = JsonNodeFactory.instance.objectNode().put("spreadsheetId", id);
            answer.set("replies", replies);
            return answer;
        } catch (RuntimeException e) {
            sheets = before;
            throw e;
        }
    }

    private void requireWithinCellLimit() {
        long cells = sheets.values().stream()
                .mapToLong(s -> (long) s.rowCount() * s.columnCount())
                .sum();
        if (cells > MAX_CELLS) {
            throw GoogleErrorException.invalid(
                    "This action would increase the number of cells in the workbook above the limit of 10000000 cells.");
        }
    }

    EmulatedSheet sheet(int number) {
        var sheet = sheets.get(number);
        if (sheet == null) {
            throw GoogleErrorException.invalid("No grid with id: " + number);
        }
        return sheet;
    }

    Optional<EmulatedSheet> findByTitle(String title) {
        return sheets.values().stream()
                .filter(sheet -> sheet.title().equals(title))
                .findFirst();
    }

    EmulatedSheet firstSheet() {
        return sheets.values().iterator().next();
    }

    void add(EmulatedSheet sheet) {
        if (findByTitle(sheet.title()).isPresent()) {
            throw GoogleErrorException.invalid(
                    "A sheet with the name \"" + sheet.title() + "\" already exists. Please enter another name.");
        }
        if (sheets.putIfAbsent(sheet.id(), sheet) != null) {
            throw GoogleErrorException.invalid("Sheet with id " + sheet.id() + " already exists.");
        }
    }

    void remove(int number) {
        sheet(number);
        if (sheets.size() == 1) {
            throw GoogleErrorException.invalid("You can't remove all the sheets in a document.");
        }
        sheets.remove(number);
    }

    int nextSheetId() {
        int number = 1_000 + sheets.size();
        while (sheets.containsKey(number)) {
            number++;
        }
        return number;
    }
}

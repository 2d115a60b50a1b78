package ca.assistantgazelle.emulators.google;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rectangle of cells in one tab; zero-based, ends exclusive.
 *
 * @param endRow at most the row count of the grid
 */
record SheetGridRange(EmulatedSheet sheet, int startRow, int endRow, int startColumn, int endColumn) {
    private static final Pattern A1 =
            Pattern.compile("(?:(?:'((?:[^']|'')*)'|([^!']+))!)?([A-Z]*)(\\d*)(?::([A-Z]*)(\\d*))?");

    static SheetGridRange of(EmulatedSpreadsheet spreadsheet, JsonNode range) {
        var sheet = spreadsheet.sheet(range.path("sheetId").asInt(0));
        return new SheetGridRange(
                        sheet,
                        range.path("startRowIndex").asInt(0),
                        range.path("endRowIndex").asInt(sheet.rowCount()),
                        range.path("startColumnIndex").asInt(0),
                        range.path("endColumnIndex").asInt(sheet.columnCount()))
                .requireInGrid();
    }

    /** From A1 notation: {@code 'Place des Arts'!A1:L}, or a tab's title for the whole tab. */
    static SheetGridRange of(EmulatedSpreadsheet spreadsheet, String text) {
        var whole = spreadsheet.findByTitle(unquoted(text));
        if (whole.isPresent()) {
            var sheet = whole.get();
            return new SheetGridRange(sheet, 0, sheet.rowCount(), 0, sheet.columnCount());
        }
        var parts = A1.matcher(text);
        if (!parts.matches()) {
            throw unparsable(text);
        }
        var title = parts.group(1) == null ? parts.group(2) : parts.group(1).replace("''", "'");
        var sheet = title == null
                ? spreadsheet.firstSheet()
                : spreadsheet.findByTitle(title).orElseThrow(() -> unparsable(text));
        return cells(parts, sheet);
    }

    private static SheetGridRange cells(Matcher parts, EmulatedSheet sheet) {
        boolean single = parts.group(5) == null && parts.group(6) == null;
        int startColumn = column(parts.group(3), 0);
        int startRow = row(parts.group(4), 0);
        int endColumn = single ? startColumn + 1 : column(parts.group(5), sheet.columnCount() - 1) + 1;
        int endRow = single ? startRow + 1 : row(parts.group(6), sheet.rowCount() - 1) + 1;
        if (startRow >= sheet.rowCount() || startColumn >= sheet.columnCount()) {
            throw exceedsGrid(sheet);
        }
        return new SheetGridRange(
                sheet,
                startRow,
                Math.min(endRow, sheet.rowCount()),
                startColumn,
                Math.min(endColumn, sheet.columnCount()));
    }

    private SheetGridRange requireInGrid() {
        if (startRow < 0
                || startColumn < 0
                || endRow > sheet.rowCount()
                || endColumn > sheet.columnCount()
                || startRow > endRow
                || startColumn > endColumn) {
            throw exceedsGrid(sheet);
        }
        return this;
    }

    static GoogleErrorException exceedsGrid(EmulatedSheet sheet) {
        return GoogleErrorException.invalid("Range ("
                + sheet.title()
                + ") exceeds grid limits. Max rows: "
                + sheet.rowCount()
                + ", max columns: "
                + sheet.columnCount());
    }

    private static GoogleErrorException unparsable(String text) {
        return GoogleErrorException.invalid("Unable to parse range: " + text);
    }

    private static String unquoted(String text) {
        return text.length() > 1 && text.startsWith("'") && text.endsWith("'")
                ? text.substring(1, text.length() - 1).replace("''", "'")
                : text;
    }

    private static int row(String digits, int otherwise) {
        return digits == null || digits.isEmpty() ? otherwise : Integer.parseInt(digits) - 1;
    }

    private static int column(String letters, int otherwise) {
        if (letters == null || letters.isEmpty()) {
            return otherwise;
        }
        int column = 0;
        for (int i = 0; i < letters.length(); i++) {
            column = column * 26 + letters.charAt(i) - 'A' + 1;
        }
        return column - 1;
    }

    String toA1() {
        return "'" + sheet.title().replace("'", "''") + "'!A" + (startRow + 1) + ":" + endRow;
    }
}

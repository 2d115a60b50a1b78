package ca.assistantgazelle.report.sheet;

/**
 * An existing tab.
 *
 * @param sheetId stable across renames; bookmarks and filters refer to it. {@link #NO_SHEET_ID} where tabs have none
 * @param rowCount of the grid, header included
 */
public record SheetTab(int sheetId, String title, int rowCount, int columnCount, int frozenRows, int frozenColumns) {
    public static final int NO_SHEET_ID = -1;

    /** For reading only: without grid sizes. */
    public static SheetTab withoutGrid(int number, String title) {
        return new SheetTab(number, title, 0, 0, 0, 0);
    }
}

package ca.assistantgazelle.sheet;

/**
 * A tab that is there.
 *
 * @param number survives renaming; bookmarks and filters hang on it
 * @param rowCount of the grid, the header included
 */
public record Tab(int number, String title, int rowCount, int columnCount, int frozenRows) {}

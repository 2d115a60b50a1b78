package ca.assistantgazelle.sheet;

/**
 * A tab that is there.
 *
 * @param number survives renaming; bookmarks and filters hang on it. {@link #NO_NUMBER} where tabs
 *     have none
 * @param rowCount of the grid, the header included
 */
public record Tab(
    int number, String title, int rowCount, int columnCount, int frozenRows, int frozenColumns) {
  public static final int NO_NUMBER = -1;

  /** For reading only: nothing is said of its grid. */
  public static Tab named(int number, String title) {
    return new Tab(number, title, 0, 0, 0, 0);
  }
}

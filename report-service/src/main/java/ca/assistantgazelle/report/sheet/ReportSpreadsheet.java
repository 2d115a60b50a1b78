package ca.assistantgazelle.report.sheet;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Where the report is published: a Google spreadsheet or a file. Used by one run, from one thread.
 *
 * <p>Every call may throw {@link SpreadsheetException}, and {@link InterruptedException} if interrupted.
 */
public interface ReportSpreadsheet {
    /** Identifies it in the record of published rows. */
    String id();

    /** The existing tabs. Never creates anything. */
    List<SheetTab> tabs() throws InterruptedException;

    /** The contents of these tabs, by title. */
    Map<String, CellContent> read(Collection<SheetTab> tabs) throws InterruptedException;

    /**
     * Replaces the contents of a tab atomically: readers never see a partial update. Text is never interpreted as a
     * formula.
     *
     * @param tab the existing tab; null = create one
     * @param title the tab's title afterwards
     * @param columns minimum number of grid columns afterwards
     * @return the tab's sheet id
     */
    int write(SheetTab tab, String title, CellContent content, int columns) throws InterruptedException;

    /** Removes what an interrupted earlier run left behind. */
    void removeLeftovers() throws InterruptedException;

    /** Number of external calls so far, retries included. */
    int callCount();
}

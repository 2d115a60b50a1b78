package ca.assistantgazelle.report.publication;

import ca.assistantgazelle.report.sheet.CellContent;
import ca.assistantgazelle.report.sheet.SheetTab;
import ca.assistantgazelle.report.timeline.ReportColumns;
import ca.assistantgazelle.report.timeline.ReportRow;
import java.util.ArrayList;
import java.util.List;

/**
 * The current and the wanted state of a tab.
 *
 * @param tab null when it does not exist
 * @param found its current content
 * @param published its last publication; null when there is none
 */
record TabUpdate(String title, SheetTab tab, CellContent found, PublishedTab published, List<ReportRow> rows) {
    CellContent wantedContent() {
        var matrix = new ArrayList<List<String>>(rows.size() + 1);
        matrix.add(ReportColumns.NAMES);
        rows.forEach(row -> matrix.add(row.cells()));
        return new CellContent(matrix);
    }

    /** Number of rows below the header that the {@link TabShrinkGuard} protects. */
    int previousRowCount() {
        return published == null ? reportColumns().dataRowCount() : published.rows();
    }

    /** A user has renamed it. */
    boolean isRenamed() {
        return tab != null && !tab.title().equals(title);
    }

    /** True when the content is as wanted, or as the spreadsheet normalised it last time. */
    boolean isUpToDate(CellContent wanted) {
        if (tab == null
                || isRenamed()
                || tab.rowCount() != Math.max(2, wanted.rows().size())) {
            return false;
        }
        var ours = reportColumns();
        return ours.equals(wanted)
                || (published != null
                        && published.wantedHash().equals(wanted.hash())
                        && published.foundHash().equals(ours.hash()));
    }

    private CellContent reportColumns() {
        return found.firstColumns(ReportColumns.NAMES.size());
    }

    /** Grid columns needed: the report's own, and the users' columns to the right of them. */
    int columnCount() {
        int ours = ReportColumns.NAMES.size();
        return tab != null && found.width() > ours ? tab.columnCount() : ours;
    }
}

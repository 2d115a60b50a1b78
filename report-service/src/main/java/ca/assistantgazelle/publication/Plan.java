package ca.assistantgazelle.publication;

import ca.assistantgazelle.sheet.Content;
import ca.assistantgazelle.sheet.Tab;
import ca.assistantgazelle.timeline.Columns;
import ca.assistantgazelle.timeline.ReportRow;
import java.util.ArrayList;
import java.util.List;

/**
 * A tab as it is and as it should be.
 *
 * @param tab null when it is not there
 * @param found what stands in it
 * @param published null when we never wrote it
 */
record Plan(String title, Tab tab, Content found, Published published, List<ReportRow> rows) {
  Content wanted() {
    var matrix = new ArrayList<List<String>>(rows.size() + 1);
    matrix.add(Columns.NAMES);
    rows.forEach(row -> matrix.add(row.cells()));
    return new Content(matrix);
  }

  /** Rows below the header that must not get lost unasked. */
  int rowsBefore() {
    return published == null ? ours().size() : published.rows();
  }

  /** Somebody gave it another name. */
  boolean isRenamed() {
    return tab != null && !tab.title().equals(title);
  }

  /** Nothing is to be written: it holds what it should, or what the sheet made of it last time. */
  boolean isAsWanted(Content wanted) {
    if (tab == null || isRenamed() || tab.rowCount() != Math.max(2, wanted.rows().size())) {
      return false;
    }
    var ours = ours();
    return ours.equals(wanted)
        || (published != null
            && published.wantedHash().equals(wanted.hash())
            && published.foundHash().equals(ours.hash()));
  }

  private Content ours() {
    return found.columns(Columns.NAMES.size());
  }

  /** As many as are ours, and those in which people keep something beside them. */
  int columns() {
    int ours = Columns.NAMES.size();
    return tab != null && found.width() > ours ? tab.columnCount() : ours;
  }
}

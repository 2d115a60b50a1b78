package ca.assistantgazelle.publication;

import ca.assistantgazelle.institution.Institutions;
import ca.assistantgazelle.sql.Database;
import ca.assistantgazelle.timeline.Columns;
import ca.assistantgazelle.timeline.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a full refresh writes into an empty spreadsheet, header included. */
final class FreshReport {
  private FreshReport() {}

  static Map<String, List<List<String>>> of(Database database) {
    var report = database.inTransaction(queries -> Report.of(queries, Institutions.load(null)));
    var tabs = new LinkedHashMap<String, List<List<String>>>();
    report
        .tabs()
        .forEach(
            (tab, rows) -> {
              var matrix = new ArrayList<List<String>>();
              matrix.add(Columns.NAMES);
              rows.forEach(row -> matrix.add(row.cells()));
              tabs.put(tab, matrix);
            });
    return tabs;
  }
}

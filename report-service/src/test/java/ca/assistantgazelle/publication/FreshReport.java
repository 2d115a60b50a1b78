package ca.assistantgazelle.publication;

import ca.assistantgazelle.contract.event.RunCause;
import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.contract.institution.InstitutionDirectory;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.timeline.Columns;
import ca.assistantgazelle.timeline.Report;
import ca.assistantgazelle.worker.noteanalysis.NoteAnalysisUpdater;
import ca.assistantgazelle.worker.testing.TestJobContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a full refresh writes into an empty spreadsheet, header included, when every note is
 * understood anew.
 */
final class FreshReport {
  private FreshReport() {}

  static Map<String, List<List<String>>> of(Database database) {
    database.update(
        "truncate automation.analysed_note, automation.note_reading, automation.maintenance_alert");
    understandAll(database);
    var report =
        database.inTransaction(queries -> Report.of(queries, InstitutionDirectory.load(null)));
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

  private static void understandAll(Database database) {
    var now = Clock.systemUTC().instant();
    var trigger =
        new TriggerEvent(
            UUID.randomUUID(),
            "sync_gazelle_2h",
            1,
            RunCause.MANUAL,
            null,
            null,
            now,
            null,
            Map.of(),
            null,
            null);
    try {
      NoteAnalysisUpdater.update(new TestJobContext(trigger, now, database));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

package ca.assistantgazelle.report.publication;

import ca.assistantgazelle.contract.event.RunCause;
import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.contract.institution.InstitutionDirectory;
import ca.assistantgazelle.report.timeline.ReportColumns;
import ca.assistantgazelle.report.timeline.TimelineReport;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.worker.noteanalysis.NoteAnalysisUpdater;
import ca.assistantgazelle.worker.testing.TestJobContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The expected tabs: what a full refresh writes into an empty spreadsheet, header included, with all notes analysed
 * from scratch.
 */
final class ExpectedReport {
    private ExpectedReport() {}

    static Map<String, List<List<String>>> of(Database database) {
        database.update("truncate automation.analysed_note, automation.note_reading, automation.maintenance_alert");
        analyseAllNotes(database);
        var report = database.inTransaction(queries -> TimelineReport.load(queries, InstitutionDirectory.load(null)));
        var tabs = new LinkedHashMap<String, List<List<String>>>();
        report.tabs().forEach((tab, rows) -> {
            var matrix = new ArrayList<List<String>>();
            matrix.add(ReportColumns.NAMES);
            rows.forEach(row -> matrix.add(row.cells()));
            tabs.put(tab, matrix);
        });
        return tabs;
    }

    private static void analyseAllNotes(Database database) {
        var now = Clock.systemUTC().instant();
        var trigger = new TriggerEvent(
                UUID.randomUUID(), "sync_gazelle_2h", 1, RunCause.MANUAL, null, null, now, null, Map.of(), null, null);
        try {
            NoteAnalysisUpdater.update(new TestJobContext(trigger, now, database));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

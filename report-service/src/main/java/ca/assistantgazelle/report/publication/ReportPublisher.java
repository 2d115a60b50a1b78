package ca.assistantgazelle.report.publication;

import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.report.sheet.CellContent;
import ca.assistantgazelle.report.sheet.ReportSpreadsheet;
import ca.assistantgazelle.report.sheet.SheetTab;
import ca.assistantgazelle.report.sheet.SpreadsheetException;
import ca.assistantgazelle.report.timeline.ReportColumns;
import ca.assistantgazelle.report.timeline.TimelineReport;
import ca.assistantgazelle.worker.execution.JobContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Updates the spreadsheet tab by tab. A tab that fails does not affect the others; a tab counts as published only after
 * it was read back and compared.
 */
final class ReportPublisher {
    /** A tab that was written but not yet read back. */
    private record WrittenTab(TabUpdate plan, CellContent wanted, int sheetId) {
        SheetTab tab() {
            return SheetTab.withoutGrid(sheetId, plan.title());
        }
    }

    private final JobContext context;
    private final ReportSpreadsheet spreadsheet;
    private final PublishedRowStore publishedRows;
    private final boolean rewrite;
    private final boolean force;
    private final Map<String, TabUpdateOutcome> outcomes = new LinkedHashMap<>();

    /**
     * @param rewrite write every tab, also those that are up to date
     * @param force skip the {@link TabShrinkGuard}
     */
    ReportPublisher(JobContext context, ReportSpreadsheet spreadsheet, boolean rewrite, boolean force) {
        this.context = context;
        this.spreadsheet = spreadsheet;
        this.publishedRows =
                new PublishedRowStore(spreadsheet.id(), context.trigger().runId());
        this.rewrite = rewrite;
        this.force = force;
    }

    Map<String, TabUpdateOutcome> publish(TimelineReport report) throws InterruptedException {
        var written = new ArrayList<WrittenTab>();
        for (var update : prepareUpdates(report)) {
            update(update).ifPresent(written::add);
        }
        verifyTabs(written);
        removeLeftovers();
        return outcomes;
    }

    // A failure here does not affect what was published; the next run tries again.
    private void removeLeftovers() throws InterruptedException {
        try {
            spreadsheet.removeLeftovers();
        } catch (SpreadsheetException e) {
            context.log().warn("failed to remove the leftovers of an earlier write: %s", e.getMessage());
        }
    }

    private List<TabUpdate> prepareUpdates(TimelineReport report) throws InterruptedException {
        var published = publishedRows.publishedTabs(context.read());
        var there = spreadsheet.tabs();
        var located = new LinkedHashMap<String, SheetTab>();
        report.tabs()
                .keySet()
                .forEach(title ->
                        located.put(title, findTab(there, report.tabs().keySet(), title, published.get(title))));
        var contents = spreadsheet.read(
                located.values().stream().filter(Objects::nonNull).toList());
        var plans = new ArrayList<TabUpdate>();
        report.tabs().forEach((title, rows) -> {
            var tab = located.get(title);
            var found = tab == null ? CellContent.EMPTY : contents.get(tab.title());
            plans.add(new TabUpdate(title, tab, found, published.get(title), rows));
        });
        return plans;
    }

    // By title, else by the sheet id of the last publication; never a tab with another report title.
    private static SheetTab findTab(List<SheetTab> there, Set<String> ours, String title, PublishedTab published) {
        var exact = there.stream().filter(tab -> tab.title().equals(title)).findFirst();
        if (exact.isPresent()) {
            return exact.get();
        }
        var free = there.stream().filter(tab -> !ours.contains(tab.title())).toList();
        return free.stream()
                .filter(tab -> tab.title().equalsIgnoreCase(title))
                .findFirst()
                .or(() -> free.stream()
                        .filter(tab -> isPublishedTab(tab, published))
                        .findFirst())
                .orElse(null);
    }

    private static boolean isPublishedTab(SheetTab tab, PublishedTab published) {
        return published != null
                && published.sheetId() != null
                && tab.sheetId() != SheetTab.NO_SHEET_ID
                && published.sheetId() == tab.sheetId();
    }

    /** Empty when nothing was written. */
    private Optional<WrittenTab> update(TabUpdate update) throws InterruptedException {
        var wanted = update.wantedContent();
        boolean right = update.isUpToDate(wanted);
        if (right && !rewrite) {
            recordPublished(new WrittenTab(update, wanted, update.tab().sheetId()), update.found(), "unchanged");
            return Optional.empty();
        }
        var refusal = force || right
                ? Optional.<RunError>empty()
                : TabShrinkGuard.check(update.previousRowCount(), update.rows().size());
        if (refusal.isPresent()) {
            recordFailure(update, refusal.get());
            return Optional.empty();
        }
        try {
            var number = spreadsheet.write(update.tab(), update.title(), wanted, update.columnCount());
            return Optional.of(new WrittenTab(update, wanted, number));
        } catch (SpreadsheetException e) {
            recordFailure(update, e.error());
            return Optional.empty();
        }
    }

    // In one call; one by one when that fails, as when a user has just renamed or deleted a tab.
    private void verifyTabs(List<WrittenTab> written) throws InterruptedException {
        try {
            var contents =
                    spreadsheet.read(written.stream().map(WrittenTab::tab).toList());
            written.forEach(one -> verifyTab(one, contents.get(one.plan().title())));
        } catch (SpreadsheetException e) {
            for (var one : written) {
                try {
                    verifyTab(
                            one,
                            spreadsheet.read(List.of(one.tab())).get(one.plan().title()));
                } catch (SpreadsheetException alone) {
                    recordFailure(one.plan(), alone.error());
                }
            }
        }
    }

    private void verifyTab(WrittenTab written, CellContent read) {
        var found = read == null ? CellContent.EMPTY : read;
        var ours = found.firstColumns(ReportColumns.NAMES.size());
        if (ours.hasSameVisibleTextAs(written.wanted())) {
            recordPublished(written, found, writeStatus(written.plan()));
        } else {
            recordFailure(written.plan(), readBackError(ours, written.wanted()));
        }
    }

    private static RunError readBackError(CellContent found, CellContent wanted) {
        return new RunError(
                "REPORT_READ_BACK",
                true,
                "Read-back check failed: found "
                        + found.dataRowCount()
                        + " rows, expected "
                        + wanted.dataRowCount()
                        + ", or cells differ.",
                "A user may have edited the tab at the same time; the next attempt writes it again.");
    }

    private static String writeStatus(TabUpdate update) {
        if (update.tab() == null) {
            return "created";
        }
        return update.isRenamed() ? "written, title restored" : "written";
    }

    private void recordPublished(WrittenTab written, CellContent found, String what) {
        var update = written.plan();
        var now = new PublishedTab(
                update.title(),
                written.sheetId(),
                update.rows().size(),
                written.wanted().hash(),
                found.firstColumns(ReportColumns.NAMES.size()).hash());
        var changes = now.equals(update.published())
                ? TabChanges.unchanged(update.rows().size())
                : context.write(transaction -> publishedRows.recordPublished(transaction, now, update.rows()));
        outcomes.put(update.title(), new TabUpdateOutcome(changes, what, null));
        context.log().info("%s: %s, %s", update.title(), what, changes);
        reportProgress();
    }

    private void recordFailure(TabUpdate update, RunError error) {
        outcomes.put(update.title(), new TabUpdateOutcome(TabChanges.unchanged(0), "failed", error));
        context.log().warn("%s: %s: %s", update.title(), error.errorClass(), error.message());
        reportProgress();
    }

    private void reportProgress() {
        var counts = new LinkedHashMap<String, Map<String, Long>>();
        outcomes.forEach((tab, outcome) -> counts.put(tab, outcome.counts()));
        context.reportProgress(counts, Map.of("calls", spreadsheet.callCount()));
    }
}

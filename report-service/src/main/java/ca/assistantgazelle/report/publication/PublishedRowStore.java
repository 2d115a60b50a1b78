package ca.assistantgazelle.report.publication;

import ca.assistantgazelle.report.sheet.CellContent;
import ca.assistantgazelle.report.timeline.ReportRow;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Records what was published in each tab of a spreadsheet. */
record PublishedRowStore(String spreadsheet, UUID runId) {
    Map<String, PublishedTab> publishedTabs(SqlQueries queries) {
        return queries
                .list(
                        "select tab, sheet_id, rows, wanted_hash, found_hash from automation.report_tab where spreadsheet = $1",
                        row -> new PublishedTab(
                                row.getString("tab"),
                                row.getInteger("sheet_id"),
                                row.getInteger("rows"),
                                row.getString("wanted_hash"),
                                row.getString("found_hash")),
                        spreadsheet)
                .stream()
                .collect(Collectors.toMap(PublishedTab::tab, published -> published));
    }

    /** Records the rows of a tab and returns how they differ from those published before. */
    TabChanges recordPublished(SqlQueries transaction, PublishedTab now, List<ReportRow> rows) {
        var changes = storeRows(transaction, now.tab(), rows);
        transaction.update(
                """
        insert into automation.report_tab (spreadsheet, tab, sheet_id, rows, wanted_hash, found_hash, published_at, published_run)
        values ($1, $2, $3, $4, $5, $6, now(), $7)
        on conflict (spreadsheet, tab) do update
        set sheet_id = excluded.sheet_id, rows = excluded.rows, wanted_hash = excluded.wanted_hash, found_hash = excluded.found_hash,
          published_at = excluded.published_at, published_run = excluded.published_run
        """, spreadsheet, now.tab(), now.sheetId(), now.rows(), now.wantedHash(), now.foundHash(), runId);
        return changes;
    }

    private TabChanges storeRows(SqlQueries transaction, String tab, List<ReportRow> rows) {
        var known = rowHashes(transaction, tab);
        var keys = new ArrayList<String>();
        var hashes = new ArrayList<String>();
        long added = 0;
        for (var row : rows) {
            var hash = hash(row);
            var before = known.remove(row.key());
            if (!hash.equals(before)) {
                keys.add(row.key());
                hashes.add(hash);
                added += before == null ? 1 : 0;
            }
        }
        transaction.update(
                "delete from automation.report_row where spreadsheet = $1 and tab = $2 and row_key = any ($3)",
                spreadsheet,
                tab,
                known.keySet().toArray(String[]::new));
        transaction.update("""
        insert into automation.report_row (spreadsheet, tab, row_key, row_hash, first_published_at, last_published_at, published_run)
        select $1, $2, key, hash, now(), now(), $5 from unnest($3::text[], $4::text[]) as t (key, hash)
        on conflict (spreadsheet, tab, row_key) do update
        set row_hash = excluded.row_hash, last_published_at = excluded.last_published_at, published_run = excluded.published_run
        """, spreadsheet, tab, keys.toArray(String[]::new), hashes.toArray(String[]::new), runId);
        return new TabChanges(added, keys.size() - added, known.size(), rows.size());
    }

    private Map<String, String> rowHashes(SqlQueries queries, String tab) {
        var known = new HashMap<String, String>();
        queries.list(
                "select row_key, row_hash from automation.report_row where spreadsheet = $1 and tab = $2",
                row -> known.put(row.getString("row_key"), row.getString("row_hash")),
                spreadsheet,
                tab);
        return known;
    }

    private static String hash(ReportRow row) {
        return new CellContent(List.of(row.cells())).hash();
    }
}

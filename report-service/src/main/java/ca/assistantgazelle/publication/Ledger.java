package ca.assistantgazelle.publication;

import ca.assistantgazelle.sheet.Content;
import ca.assistantgazelle.sql.Queries;
import ca.assistantgazelle.timeline.ReportRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Remembers what stands in each tab of a spreadsheet. */
record Ledger(String spreadsheet, UUID runId) {
  Map<String, Published> tabs(Queries queries) {
    return queries
        .list(
            "select tab, sheet_id, rows, wanted_hash, found_hash from automation.report_tab where spreadsheet = $1",
            row ->
                new Published(
                    row.getString("tab"),
                    row.getInteger("sheet_id"),
                    row.getInteger("rows"),
                    row.getString("wanted_hash"),
                    row.getString("found_hash")),
            spreadsheet)
        .stream()
        .collect(Collectors.toMap(Published::tab, published -> published));
  }

  /** How the rows differ from those published before. */
  Changes changes(Queries queries, String tab, List<ReportRow> rows) {
    var known = known(queries, tab);
    long added = 0;
    long updated = 0;
    for (var row : rows) {
      var hash = known.remove(row.key());
      if (hash == null) {
        added++;
      } else if (!hash.equals(hash(row))) {
        updated++;
      }
    }
    return new Changes(added, updated, known.size(), rows.size());
  }

  /** The tab holds these rows now. */
  void published(
      Queries transaction,
      String tab,
      int number,
      List<ReportRow> rows,
      String wantedHash,
      String foundHash) {
    store(transaction, tab, rows);
    transaction.update(
        """
        insert into automation.report_tab (spreadsheet, tab, sheet_id, rows, wanted_hash, found_hash, published_at, published_run)
        values ($1, $2, $3, $4, $5, $6, now(), $7)
        on conflict (spreadsheet, tab) do update
        set sheet_id = excluded.sheet_id, rows = excluded.rows, wanted_hash = excluded.wanted_hash, found_hash = excluded.found_hash,
          published_at = excluded.published_at, published_run = excluded.published_run
        """,
        spreadsheet,
        tab,
        number,
        rows.size(),
        wantedHash,
        foundHash,
        runId);
  }

  private void store(Queries transaction, String tab, List<ReportRow> rows) {
    var known = known(transaction, tab);
    var keys = new ArrayList<String>();
    var hashes = new ArrayList<String>();
    for (var row : rows) {
      var hash = hash(row);
      if (!hash.equals(known.remove(row.key()))) {
        keys.add(row.key());
        hashes.add(hash);
      }
    }
    transaction.update(
        "delete from automation.report_row where spreadsheet = $1 and tab = $2 and row_key = any ($3)",
        spreadsheet,
        tab,
        known.keySet().toArray(String[]::new));
    transaction.update(
        """
        insert into automation.report_row (spreadsheet, tab, row_key, row_hash, first_published_at, last_published_at, published_run)
        select $1, $2, key, hash, now(), now(), $5 from unnest($3::text[], $4::text[]) as t (key, hash)
        on conflict (spreadsheet, tab, row_key) do update
        set row_hash = excluded.row_hash, last_published_at = excluded.last_published_at, published_run = excluded.published_run
        """,
        spreadsheet,
        tab,
        keys.toArray(String[]::new),
        hashes.toArray(String[]::new),
        runId);
  }

  private Map<String, String> known(Queries queries, String tab) {
    var known = new HashMap<String, String>();
    queries.list(
        "select row_key, row_hash from automation.report_row where spreadsheet = $1 and tab = $2",
        row -> known.put(row.getString("row_key"), row.getString("row_hash")),
        spreadsheet,
        tab);
    return known;
  }

  private static String hash(ReportRow row) {
    return new Content(List.of(row.cells())).hash();
  }
}

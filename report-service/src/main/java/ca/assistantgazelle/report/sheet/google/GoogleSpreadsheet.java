package ca.assistantgazelle.report.sheet.google;

import ca.assistantgazelle.report.sheet.CellContent;
import ca.assistantgazelle.report.sheet.ReportSpreadsheet;
import ca.assistantgazelle.report.sheet.SheetTab;
import ca.assistantgazelle.report.sheet.SpreadsheetException;
import com.google.api.services.sheets.v4.Sheets;
import com.google.api.services.sheets.v4.model.BatchUpdateSpreadsheetRequest;
import com.google.api.services.sheets.v4.model.Request;
import com.google.api.services.sheets.v4.model.SheetProperties;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A Google spreadsheet. A tab is written in one batch update, which Google applies atomically. A tab too large for one
 * request is first written to a hidden staging tab; the last batch copies it over the live one.
 */
public final class GoogleSpreadsheet implements ReportSpreadsheet {
    private static final String STAGING_PREFIX = "_en préparation ";
    private static final String TAB_FIELDS =
            "sheets.properties(sheetId,title,hidden,gridProperties(rowCount,columnCount,frozenRowCount,frozenColumnCount))";

    private final Sheets service;
    private final String id;
    private final GoogleApiCalls apiCalls;
    private List<SheetTab> leftoverTabs = List.of();

    public GoogleSpreadsheet(Sheets service, String id, GoogleApiCalls apiCalls) {
        this.service = service;
        this.id = id;
        this.apiCalls = apiCalls;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int callCount() {
        return apiCalls.count();
    }

    @Override
    public List<SheetTab> tabs() throws InterruptedException {
        var spreadsheet = apiCalls.read(getRequest());
        var all = spreadsheet.getSheets().stream()
                .map(com.google.api.services.sheets.v4.model.Sheet::getProperties)
                .filter(properties -> properties.getGridProperties() != null)
                .map(GoogleSpreadsheet::toTab)
                .toList();
        leftoverTabs = all.stream()
                .filter(tab -> tab.title().startsWith(STAGING_PREFIX))
                .toList();
        return all.stream()
                .filter(tab -> !tab.title().startsWith(STAGING_PREFIX))
                .toList();
    }

    private Sheets.Spreadsheets.Get getRequest() {
        try {
            return service.spreadsheets().get(id).setFields(TAB_FIELDS);
        } catch (IOException e) {
            throw new IllegalStateException("unexpected I/O error while building a request", e);
        }
    }

    private static SheetTab toTab(SheetProperties properties) {
        var grid = properties.getGridProperties();
        return new SheetTab(
                orZero(properties.getSheetId()),
                properties.getTitle(),
                orZero(grid.getRowCount()),
                orZero(grid.getColumnCount()),
                orZero(grid.getFrozenRowCount()),
                orZero(grid.getFrozenColumnCount()));
    }

    private static int orZero(Integer value) {
        return value == null ? 0 : value;
    }

    @Override
    public Map<String, CellContent> read(Collection<SheetTab> tabs) throws InterruptedException {
        var contents = new LinkedHashMap<String, CellContent>();
        if (tabs.isEmpty()) {
            return contents;
        }
        var ranges = tabs.stream().map(tab -> quoted(tab.title())).toList();
        var answer = apiCalls.read(batchGetRequest(ranges)).getValueRanges();
        int index = 0;
        for (var tab : tabs) {
            contents.put(tab.title(), toContent(answer.get(index++).getValues()));
        }
        return contents;
    }

    private Sheets.Spreadsheets.Values.BatchGet batchGetRequest(List<String> ranges) {
        try {
            return service.spreadsheets().values().batchGet(id).setRanges(ranges);
        } catch (IOException e) {
            throw new IllegalStateException("unexpected I/O error while building a request", e);
        }
    }

    private static CellContent toContent(List<List<Object>> values) {
        return values == null
                ? CellContent.EMPTY
                : new CellContent(values.stream()
                        .map(row -> row.stream().map(String::valueOf).toList())
                        .toList());
    }

    private static String quoted(String title) {
        return "'" + title.replace("'", "''") + "'";
    }

    @Override
    public int write(SheetTab tab, String title, CellContent content, int columns) throws InterruptedException {
        try {
            return writeOnce(tab, title, content, columns);
        } catch (SpreadsheetException e) {
            if (!e.error().errorClass().equals("SHEET_REFUSED")) {
                throw e;
            }
            // Possibly applied already: the response was lost and the retry conflicted with the first
            // write.
            return writeOnce(findTab(tab, title), title, content, columns);
        }
    }

    private SheetTab findTab(SheetTab tab, String title) throws InterruptedException {
        var all = tabs();
        return all.stream()
                .filter(one -> tab != null && one.sheetId() == tab.sheetId())
                .findFirst()
                .or(() -> all.stream().filter(one -> one.title().equals(title)).findFirst())
                .orElse(null);
    }

    private int writeOnce(SheetTab tab, String title, CellContent content, int columns) throws InterruptedException {
        // Google requires at least one row below a frozen header.
        int rows = Math.max(2, content.rows().size());
        int number = tab == null ? newSheetId() : tab.sheetId();
        var live = tab == null ? new SheetTab(number, title, rows, columns, 0, 0) : tab;
        var batch = new ArrayList<Request>();
        leftoverTabs.forEach(left -> batch.add(TabRequests.delete(left.sheetId())));
        if (tab == null) {
            batch.add(TabRequests.add(number, title, rows, columns, false));
        }
        var chunks = RowChunks.split(content.rows(), RowChunks.MAX_CHUNK_BYTES);
        if (chunks.size() == 1) {
            batch.add(TabRequests.resize(live, title, rows, columns));
            batch.add(TabRequests.updateCells(number, 0, rows, width(content), content.rows()));
        } else {
            addStagedWrites(batch, live, title, rows, columns, chunks);
        }
        // A tab without a frozen header has not been formatted yet.
        if (live.frozenRows() == 0) {
            batch.addAll(TabRequests.formatting(number));
        }
        send(batch);
        return number;
    }

    private void addStagedWrites(
            List<Request> batch, SheetTab live, String title, int rows, int columns, List<List<List<String>>> chunks)
            throws InterruptedException {
        int staging = newSheetId();
        int width = chunks.getFirst().getFirst().size();
        // A new live tab must not appear before it can be filled; leftovers are deleted first.
        var late = batch.stream()
                .filter(request -> request.getDeleteSheet() == null)
                .toList();
        batch.removeAll(late);
        int at = 0;
        for (int i = 0; i < chunks.size(); i++) {
            if (i == 0) {
                batch.add(TabRequests.add(staging, STAGING_PREFIX + title, rows, columns, true));
            }
            var chunk = chunks.get(i);
            batch.add(TabRequests.updateCells(staging, at, at + chunk.size(), width, chunk));
            at += chunk.size();
            if (i < chunks.size() - 1) {
                send(batch);
                batch.clear();
            }
        }
        batch.addAll(late);
        batch.add(TabRequests.resize(live, title, rows, columns));
        batch.add(TabRequests.copy(staging, live.sheetId(), rows, width));
        batch.add(TabRequests.delete(staging));
    }

    @Override
    public void removeLeftovers() throws InterruptedException {
        if (!leftoverTabs.isEmpty()) {
            send(leftoverTabs.stream()
                    .map(left -> TabRequests.delete(left.sheetId()))
                    .toList());
        }
    }

    private void send(List<Request> requests) throws InterruptedException {
        try {
            apiCalls.write(service.spreadsheets()
                    .batchUpdate(id, new BatchUpdateSpreadsheetRequest().setRequests(List.copyOf(requests))));
        } catch (IOException e) {
            throw new IllegalStateException("unexpected I/O error while building a request", e);
        }
        leftoverTabs = List.of();
    }

    private static int width(CellContent content) {
        return content.header().size();
    }

    private static int newSheetId() {
        return ThreadLocalRandom.current().nextInt(1_000_000, Integer.MAX_VALUE);
    }
}

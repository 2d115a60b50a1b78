package ca.assistantgazelle.sheet.google;

import ca.assistantgazelle.sheet.Content;
import ca.assistantgazelle.sheet.Sheet;
import ca.assistantgazelle.sheet.SheetException;
import ca.assistantgazelle.sheet.Tab;
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
 * A Google spreadsheet. A tab is written by one batch, which Google applies whole or not at all;
 * one too large for a request is filled beside the live one, and copied over it by the last batch.
 */
public final class GoogleSheet implements Sheet {
  private static final String STAGING = "_en préparation ";
  private static final String FIELDS =
      "sheets.properties(sheetId,title,hidden,gridProperties(rowCount,columnCount,frozenRowCount,frozenColumnCount))";

  private final Sheets service;
  private final String id;
  private final Calls calls;
  private List<Tab> abandoned = List.of();

  public GoogleSheet(Sheets service, String id, Calls calls) {
    this.service = service;
    this.id = id;
    this.calls = calls;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public int calls() {
    return calls.count();
  }

  @Override
  public List<Tab> tabs() throws InterruptedException {
    var spreadsheet = calls.read(get());
    var all =
        spreadsheet.getSheets().stream()
            .map(com.google.api.services.sheets.v4.model.Sheet::getProperties)
            .filter(properties -> properties.getGridProperties() != null)
            .map(GoogleSheet::tab)
            .toList();
    abandoned = all.stream().filter(tab -> tab.title().startsWith(STAGING)).toList();
    return all.stream().filter(tab -> !tab.title().startsWith(STAGING)).toList();
  }

  private Sheets.Spreadsheets.Get get() {
    try {
      return service.spreadsheets().get(id).setFields(FIELDS);
    } catch (IOException e) {
      throw new IllegalStateException("no call is made yet", e);
    }
  }

  private static Tab tab(SheetProperties properties) {
    var grid = properties.getGridProperties();
    return new Tab(
        number(properties.getSheetId()),
        properties.getTitle(),
        number(grid.getRowCount()),
        number(grid.getColumnCount()),
        number(grid.getFrozenRowCount()),
        number(grid.getFrozenColumnCount()));
  }

  private static int number(Integer value) {
    return value == null ? 0 : value;
  }

  @Override
  public Map<String, Content> read(Collection<Tab> tabs) throws InterruptedException {
    var contents = new LinkedHashMap<String, Content>();
    if (tabs.isEmpty()) {
      return contents;
    }
    var ranges = tabs.stream().map(tab -> quoted(tab.title())).toList();
    var answer = calls.read(batchGet(ranges)).getValueRanges();
    int index = 0;
    for (var tab : tabs) {
      contents.put(tab.title(), content(answer.get(index++).getValues()));
    }
    return contents;
  }

  private Sheets.Spreadsheets.Values.BatchGet batchGet(List<String> ranges) {
    try {
      return service.spreadsheets().values().batchGet(id).setRanges(ranges);
    } catch (IOException e) {
      throw new IllegalStateException("no call is made yet", e);
    }
  }

  private static Content content(List<List<Object>> values) {
    return values == null
        ? Content.EMPTY
        : new Content(
            values.stream().map(row -> row.stream().map(String::valueOf).toList()).toList());
  }

  private static String quoted(String title) {
    return "'" + title.replace("'", "''") + "'";
  }

  @Override
  public int write(Tab tab, String title, Content content, int columns)
      throws InterruptedException {
    try {
      return writeOnce(tab, title, content, columns);
    } catch (SheetException e) {
      if (!e.error().errorClass().equals("SHEET_REFUSED")) {
        throw e;
      }
      // Perhaps done before: an answer got lost, and the second try met its own work.
      return writeOnce(find(tab, title), title, content, columns);
    }
  }

  private Tab find(Tab tab, String title) throws InterruptedException {
    var all = tabs();
    return all.stream()
        .filter(one -> tab != null && one.number() == tab.number())
        .findFirst()
        .or(() -> all.stream().filter(one -> one.title().equals(title)).findFirst())
        .orElse(null);
  }

  private int writeOnce(Tab tab, String title, Content content, int columns)
      throws InterruptedException {
    // A frozen header needs a row below it.
    int rows = Math.max(2, content.rows().size());
    int number = tab == null ? freshNumber() : tab.number();
    var live = tab == null ? new Tab(number, title, rows, columns, 0, 0) : tab;
    var batch = new ArrayList<Request>();
    abandoned.forEach(left -> batch.add(TabRequests.delete(left.number())));
    if (tab == null) {
      batch.add(TabRequests.add(number, title, rows, columns, false));
    }
    var chunks = Chunks.of(content.rows(), Chunks.LARGEST);
    if (chunks.size() == 1) {
      batch.add(TabRequests.resize(live, title, rows, columns));
      batch.add(TabRequests.cells(number, 0, rows, width(content), content.rows()));
    } else {
      stage(batch, live, title, rows, columns, chunks);
    }
    // A tab without a frozen header is one that nobody has set up yet.
    if (live.frozenRows() == 0) {
      batch.addAll(TabRequests.looks(number));
    }
    send(batch);
    return number;
  }

  private void stage(
      List<Request> batch,
      Tab live,
      String title,
      int rows,
      int columns,
      List<List<List<String>>> chunks)
      throws InterruptedException {
    int staging = freshNumber();
    int width = chunks.getFirst().getFirst().size();
    // A new live tab must not appear before it can be filled; what was left over goes first.
    var late = batch.stream().filter(request -> request.getDeleteSheet() == null).toList();
    batch.removeAll(late);
    int at = 0;
    for (int i = 0; i < chunks.size(); i++) {
      if (i == 0) {
        batch.add(TabRequests.add(staging, STAGING + title, rows, columns, true));
      }
      var chunk = chunks.get(i);
      batch.add(TabRequests.cells(staging, at, at + chunk.size(), width, chunk));
      at += chunk.size();
      if (i < chunks.size() - 1) {
        send(batch);
        batch.clear();
      }
    }
    batch.addAll(late);
    batch.add(TabRequests.resize(live, title, rows, columns));
    batch.add(TabRequests.copy(staging, live.number(), rows, width));
    batch.add(TabRequests.delete(staging));
  }

  @Override
  public void tidy() throws InterruptedException {
    if (!abandoned.isEmpty()) {
      send(abandoned.stream().map(left -> TabRequests.delete(left.number())).toList());
    }
  }

  private void send(List<Request> requests) throws InterruptedException {
    try {
      calls.write(
          service
              .spreadsheets()
              .batchUpdate(
                  id, new BatchUpdateSpreadsheetRequest().setRequests(List.copyOf(requests))));
    } catch (IOException e) {
      throw new IllegalStateException("no call is made yet", e);
    }
    abandoned = List.of();
  }

  private static int width(Content content) {
    return content.header().size();
  }

  private static int freshNumber() {
    return ThreadLocalRandom.current().nextInt(1_000_000, Integer.MAX_VALUE);
  }
}

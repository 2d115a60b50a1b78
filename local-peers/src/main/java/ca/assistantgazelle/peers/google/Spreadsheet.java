package ca.assistantgazelle.peers.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A spreadsheet. A batch of changes is applied whole or not at all. */
public final class Spreadsheet {
  private static final long MOST_CELLS = 10_000_000;

  private final String id;
  private final String title;
  private Map<Integer, Sheet> sheets = new LinkedHashMap<>();
  private boolean readOnly;

  Spreadsheet(String id, String title) {
    this.id = id;
    this.title = title;
    sheets.put(0, Sheet.create(0, "Feuille 1", 1000, 26));
  }

  String id() {
    return id;
  }

  String title() {
    return title;
  }

  /** Shared with us for reading only. */
  public synchronized void setReadOnly(boolean readOnly) {
    this.readOnly = readOnly;
  }

  synchronized boolean readOnly() {
    return readOnly;
  }

  synchronized List<Sheet> sheets() {
    return List.copyOf(sheets.values());
  }

  /** Titles of the tabs, in their order. */
  public synchronized List<String> tabs() {
    return sheets.values().stream().map(Sheet::title).toList();
  }

  /** What a reader sees in a tab, the header included; empty when there is no such tab. */
  public synchronized List<List<String>> shown(String tab) {
    return titled(tab)
        .map(
            sheet ->
                java.util.stream.IntStream.range(0, sheet.usedRows())
                    .mapToObj(
                        row ->
                            java.util.stream.IntStream.range(0, sheet.columnCount())
                                .mapToObj(column -> sheet.shown(row, column))
                                .toList())
                    .toList())
        .orElse(List.of());
  }

  /** The tab's number in its address. */
  public synchronized int sheetId(String tab) {
    return titled(tab).orElseThrow().id();
  }

  synchronized ObjectNode json() {
    var json = JsonNodeFactory.instance.objectNode().put("spreadsheetId", id);
    json.putObject("properties")
        .put("title", title)
        .put("locale", "fr_CA")
        .put("timeZone", "America/Toronto");
    var list = json.putArray("sheets");
    int index = 0;
    for (var sheet : sheets.values()) {
      var properties = sheet.properties().deepCopy();
      properties.put("index", index++);
      list.addObject().set("properties", properties);
    }
    return json;
  }

  /** All of the requests, or an error and none of them. */
  synchronized ObjectNode batchUpdate(JsonNode requests) {
    var before = sheets;
    sheets = new LinkedHashMap<>();
    before.forEach((number, sheet) -> sheets.put(number, sheet.copy()));
    try {
      var replies = JsonNodeFactory.instance.arrayNode();
      int index = 0;
      for (var request : requests) {
        replies.add(Change.apply(this, request, index++));
      }
      requireRoom();
      var answer = JsonNodeFactory.instance.objectNode().put("spreadsheetId", id);
      answer.set("replies", replies);
      return answer;
    } catch (RuntimeException e) {
      sheets = before;
      throw e;
    }
  }

  private void requireRoom() {
    long cells =
        sheets.values().stream().mapToLong(s -> (long) s.rowCount() * s.columnCount()).sum();
    if (cells > MOST_CELLS) {
      throw GoogleError.invalid(
          "This action would increase the number of cells in the workbook above the limit of 10000000 cells.");
    }
  }

  Sheet sheet(int number) {
    var sheet = sheets.get(number);
    if (sheet == null) {
      throw GoogleError.invalid("No grid with id: " + number);
    }
    return sheet;
  }

  Optional<Sheet> titled(String title) {
    return sheets.values().stream().filter(sheet -> sheet.title().equals(title)).findFirst();
  }

  Sheet first() {
    return sheets.values().iterator().next();
  }

  void add(Sheet sheet) {
    if (titled(sheet.title()).isPresent()) {
      throw GoogleError.invalid(
          "A sheet with the name \""
              + sheet.title()
              + "\" already exists. Please enter another name.");
    }
    if (sheets.putIfAbsent(sheet.id(), sheet) != null) {
      throw GoogleError.invalid("Sheet with id " + sheet.id() + " already exists.");
    }
  }

  void remove(int number) {
    sheet(number);
    if (sheets.size() == 1) {
      throw GoogleError.invalid("You can't remove all the sheets in a document.");
    }
    sheets.remove(number);
  }

  int freeNumber() {
    int number = 1_000 + sheets.size();
    while (sheets.containsKey(number)) {
      number++;
    }
    return number;
  }
}

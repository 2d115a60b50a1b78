package ca.assistantgazelle.sheet.file;

import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.sheet.Content;
import ca.assistantgazelle.sheet.Sheet;
import ca.assistantgazelle.sheet.SheetException;
import ca.assistantgazelle.sheet.Tab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;

/**
 * An .xlsx file, for people without Google. It is written beside and moved into place, so that
 * nobody opens half of it. Tabs that are not ours are kept, their looks are not.
 */
public final class XlsxFile implements Sheet {
  private static final int[] WIDTHS = {12, 10, 60, 28, 15, 15, 15, 12, 8, 18, 18, 24};

  private final Path file;
  private final Runnable beforeEachWrite;
  private Map<String, Content> contents = Map.of();
  private int calls;

  public XlsxFile(Path file, Runnable beforeEachWrite) {
    this.file = file;
    this.beforeEachWrite = beforeEachWrite;
  }

  @Override
  public String id() {
    return file.toUri().toString();
  }

  @Override
  public int calls() {
    return calls;
  }

  @Override
  public List<Tab> tabs() {
    contents = Files.exists(file) ? load() : new LinkedHashMap<>();
    calls++;
    var tabs = new ArrayList<Tab>();
    contents.forEach(
        (title, content) ->
            tabs.add(
                new Tab(
                    Tab.NO_NUMBER,
                    title,
                    Math.max(2, content.rows().size()),
                    content.width(),
                    1,
                    0)));
    return tabs;
  }

  private Map<String, Content> load() {
    try (var in = Files.newInputStream(file);
        var workbook = new ReadableWorkbook(in)) {
      var loaded = new LinkedHashMap<String, Content>();
      for (var sheet : workbook.getSheets().toList()) {
        try (var rows = sheet.openStream()) {
          loaded.put(sheet.getName(), content(rows.toList()));
        }
      }
      return loaded;
    } catch (IOException | RuntimeException e) {
      throw new SheetException(
          new RunError(
              "REPORT_FILE_UNREADABLE",
              false,
              "REPORT_FILE is there but is no readable .xlsx file.",
              "Move it away; the next run writes a new one."),
          e);
    }
  }

  private static Content content(List<Row> rows) {
    var texts = new ArrayList<List<String>>();
    for (var row : rows) {
      while (texts.size() < row.getRowNum() - 1) {
        texts.add(List.of());
      }
      texts.add(row.stream().map(XlsxFile::text).toList());
    }
    return new Content(texts);
  }

  private static String text(Cell cell) {
    return cell == null || cell.getText() == null ? "" : cell.getText();
  }

  @Override
  public Map<String, Content> read(Collection<Tab> tabs) {
    var found = new LinkedHashMap<String, Content>();
    tabs.forEach(tab -> found.put(tab.title(), contents.getOrDefault(tab.title(), Content.EMPTY)));
    return found;
  }

  @Override
  public int write(Tab tab, String title, Content content, int columns) {
    beforeEachWrite.run();
    calls++;
    var wanted = new LinkedHashMap<>(contents);
    if (tab != null && !tab.title().equals(title)) {
      wanted.remove(tab.title());
    }
    wanted.put(title, content);
    try {
      save(wanted);
      contents = load();
    } catch (IOException e) {
      throw new SheetException(
          new RunError(
              "REPORT_FILE_UNWRITABLE",
              true,
              "REPORT_FILE cannot be written: " + e.getClass().getSimpleName(),
              "See that its folder exists, may be written by this service, and has room."),
          e);
    }
    return Tab.NO_NUMBER;
  }

  @Override
  public void tidy() {
    // Nothing is ever left beside the file.
  }

  private void save(Map<String, Content> wanted) throws IOException {
    var target = file.toAbsolutePath();
    Files.createDirectories(target.getParent());
    var beside = Files.createTempFile(target.getParent(), ".rapport", ".xlsx");
    try {
      try (var out = Files.newOutputStream(beside);
          var workbook = new Workbook(out, "gazelle-automation", "1.0")) {
        wanted.forEach((title, content) -> fill(workbook, title, content));
      }
      Files.move(
          beside, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static void fill(Workbook workbook, String title, Content content) {
    var sheet = workbook.newWorksheet(title);
    sheet.freezePane(0, 1);
    for (int column = 0; column < WIDTHS.length; column++) {
      sheet.width(column, WIDTHS[column]);
    }
    for (int row = 0; row < content.rows().size(); row++) {
      var cells = content.rows().get(row);
      for (int column = 0; column < cells.size(); column++) {
        if (!cells.get(column).isEmpty()) {
          // As a text, whatever it begins with.
          sheet.value(row, column, cells.get(column));
        }
      }
    }
    sheet.range(0, 0, 0, WIDTHS.length - 1).style().bold().set();
  }
}

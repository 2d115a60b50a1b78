package ca.assistantgazelle.report.sheet.file;

import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.report.sheet.CellContent;
import ca.assistantgazelle.report.sheet.ReportSpreadsheet;
import ca.assistantgazelle.report.sheet.SheetTab;
import ca.assistantgazelle.report.sheet.SpreadsheetException;
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
 * An .xlsx file, for use without Google. It is written to a temporary file that then replaces the target atomically, so
 * that readers never see a partial file. The contents of other tabs are kept, their formatting is not.
 */
public final class XlsxSpreadsheet implements ReportSpreadsheet {
    private static final int[] COLUMN_WIDTHS = {12, 10, 60, 28, 15, 15, 15, 12, 8, 18, 18, 24};

    private final Path file;
    private final Runnable beforeEachWrite;
    private Map<String, CellContent> contents = Map.of();
    private int calls;

    public XlsxSpreadsheet(Path file, Runnable beforeEachWrite) {
        this.file = file;
        this.beforeEachWrite = beforeEachWrite;
    }

    @Override
    public String id() {
        return file.toUri().toString();
    }

    @Override
    public int callCount() {
        return calls;
    }

    @Override
    public List<SheetTab> tabs() {
        contents = Files.exists(file) ? load() : new LinkedHashMap<>();
        calls++;
        var tabs = new ArrayList<SheetTab>();
        contents.forEach((title, content) -> tabs.add(new SheetTab(
                SheetTab.NO_SHEET_ID, title, Math.max(2, content.rows().size()), content.width(), 1, 0)));
        return tabs;
    }

    private Map<String, CellContent> load() {
        try (var in = Files.newInputStream(file);
                var workbook = new ReadableWorkbook(in)) {
            var loaded = new LinkedHashMap<String, CellContent>();
            for (var sheet : workbook.getSheets().toList()) {
                try (var rows = sheet.openStream()) {
                    loaded.put(sheet.getName(), toContent(rows.toList()));
                }
            }
            return loaded;
        } catch (IOException | RuntimeException e) {
            throw new SpreadsheetException(
                    new RunError(
                            "REPORT_FILE_UNREADABLE",
                            false,
                            "The file named by REPORT_FILE exists but is not a readable .xlsx file.",
                            "Move or delete it; the next run creates a new one."),
                    e);
        }
    }

    private static CellContent toContent(List<Row> rows) {
        var texts = new ArrayList<List<String>>();
        for (var row : rows) {
            while (texts.size() < row.getRowNum() - 1) {
                texts.add(List.of());
            }
            texts.add(row.stream().map(XlsxSpreadsheet::cellText).toList());
        }
        return new CellContent(texts);
    }

    private static String cellText(Cell cell) {
        return cell == null || cell.getText() == null ? "" : cell.getText();
    }

    @Override
    public Map<String, CellContent> read(Collection<SheetTab> tabs) {
        var found = new LinkedHashMap<String, CellContent>();
        tabs.forEach(tab -> found.put(tab.title(), contents.getOrDefault(tab.title(), CellContent.EMPTY)));
        return found;
    }

    @Override
    public int write(SheetTab tab, String title, CellContent content, int columns) {
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
            throw new SpreadsheetException(
                    new RunError(
                            "REPORT_FILE_UNWRITABLE",
                            true,
                            "The file named by REPORT_FILE cannot be written: "
                                    + e.getClass().getSimpleName(),
                            "Check that its directory exists, is writable by this service and has free space."),
                    e);
        }
        return SheetTab.NO_SHEET_ID;
    }

    @Override
    public void removeLeftovers() {
        // No temporary file is ever left behind.
    }

    private void save(Map<String, CellContent> wanted) throws IOException {
        var target = file.toAbsolutePath();
        Files.createDirectories(target.getParent());
        var beside = Files.createTempFile(target.getParent(), ".rapport", ".xlsx");
        try {
            try (var out = Files.newOutputStream(beside);
                    var workbook = new Workbook(out, "gazelle-automation", "1.0")) {
                wanted.forEach((title, content) -> writeTab(workbook, title, content));
            }
            Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void writeTab(Workbook workbook, String title, CellContent content) {
        var sheet = workbook.newWorksheet(title);
        sheet.freezePane(0, 1);
        for (int column = 0; column < COLUMN_WIDTHS.length; column++) {
            sheet.width(column, COLUMN_WIDTHS[column]);
        }
        for (int row = 0; row < content.rows().size(); row++) {
            var cells = content.rows().get(row);
            for (int column = 0; column < cells.size(); column++) {
                if (!cells.get(column).isEmpty()) {
                    // Always as text, even when it starts with '='.
                    sheet.value(row, column, cells.get(column));
                }
            }
        }
        sheet.range(0, 0, 0, COLUMN_WIDTHS.length - 1).style().bold().set();
    }
}

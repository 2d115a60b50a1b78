package ca.assistantgazelle.report.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.assistantgazelle.report.sheet.file.XlsxSpreadsheet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XlsxSpreadsheetTest {
    private static final CellContent CONTENT = new CellContent(List.of(
            List.of("DateEvenement", "Description"),
            List.of("2026-01-10", "=SUM(A1) « é » \n & <b>"),
            List.of("", "sans date")));

    @TempDir
    private Path folder;

    @Test
    void readsBackWhatWasWritten() {
        var file = folder.resolve("neuf/rapport.xlsx");
        var sheet = new XlsxSpreadsheet(file, () -> {});
        assertThat(sheet.tabs()).isEmpty();
        sheet.write(null, "UQAM", CONTENT, 12);
        sheet.write(null, "Place des Arts", CellContent.EMPTY, 12);
        var again = new XlsxSpreadsheet(file, () -> {});
        assertThat(again.tabs()).extracting(SheetTab::title).containsExactly("UQAM", "Place des Arts");
        assertThat(again.read(again.tabs()).get("UQAM")).isEqualTo(CONTENT);
    }

    @Test
    void anUnreadableFileIsNotOverwritten() throws IOException {
        var file = Files.writeString(folder.resolve("rapport.xlsx"), "mes notes");
        var refused =
                catchThrowableOfType(SpreadsheetException.class, () -> new XlsxSpreadsheet(file, () -> {}).tabs());
        assertThat(refused.error().errorClass()).isEqualTo("REPORT_FILE_UNREADABLE");
        assertThat(file).hasContent("mes notes");
    }

    @Test
    void noTemporaryFileIsLeft() throws IOException {
        var sheet = new XlsxSpreadsheet(folder.resolve("rapport.xlsx"), () -> {});
        sheet.tabs();
        sheet.write(null, "UQAM", CONTENT, 12);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }
}

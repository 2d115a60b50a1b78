package ca.assistantgazelle.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.assistantgazelle.sheet.file.XlsxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XlsxFileTest {
  private static final Content CONTENT =
      new Content(
          List.of(
              List.of("DateEvenement", "Description"),
              List.of("2026-01-10", "=SUM(A1) « é » \n & <b>"),
              List.of("", "sans date")));

  @TempDir private Path folder;

  @Test
  void holdsWhatWasWritten() {
    var file = folder.resolve("neuf/rapport.xlsx");
    var sheet = new XlsxFile(file, () -> {});
    assertThat(sheet.tabs()).isEmpty();
    sheet.write(null, "UQAM", CONTENT, 12);
    sheet.write(null, "Place des Arts", Content.EMPTY, 12);
    var again = new XlsxFile(file, () -> {});
    assertThat(again.tabs()).extracting(Tab::title).containsExactly("UQAM", "Place des Arts");
    assertThat(again.read(again.tabs()).get("UQAM")).isEqualTo(CONTENT);
  }

  @Test
  void isNotOverwrittenWhenItIsSomethingElse() throws IOException {
    var file = Files.writeString(folder.resolve("rapport.xlsx"), "mes notes");
    var refused =
        catchThrowableOfType(SheetException.class, () -> new XlsxFile(file, () -> {}).tabs());
    assertThat(refused.error().errorClass()).isEqualTo("REPORT_FILE_UNREADABLE");
    assertThat(file).hasContent("mes notes");
  }

  @Test
  void nothingIsLeftBesideIt() throws IOException {
    var sheet = new XlsxFile(folder.resolve("rapport.xlsx"), () -> {});
    sheet.tabs();
    sheet.write(null, "UQAM", CONTENT, 12);
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }
}

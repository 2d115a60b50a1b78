package ca.assistantgazelle.sheet;

import ca.assistantgazelle.sheet.file.XlsxFile;
import ca.assistantgazelle.sheet.google.GoogleConnection;
import ca.assistantgazelle.sheet.google.GoogleSheet;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** Opens what the configuration names. */
@Singleton
public class Sheets {
  private final SheetConfig config;
  private final GoogleConnection google;

  Sheets(SheetConfig config, GoogleConnection google) {
    this.config = config;
    this.google = google;
  }

  /**
   * @param beforeEachWrite called before every write leaves; throws when it must not
   * @throws SheetException when nothing is configured, or what is cannot be used
   */
  public Sheet open(Runnable beforeEachWrite) {
    if (config.file().isPresent()) {
      return new XlsxFile(Path.of(config.file().get()), beforeEachWrite);
    }
    if (config.spreadsheetId().isEmpty()) {
      throw new SheetException(
          "SHEET_NOT_CONFIGURED",
          false,
          "No spreadsheet is named.",
          "Set SHEETS_SPREADSHEET_ID to the id in the spreadsheet's address, or REPORT_FILE to an .xlsx file.");
    }
    return new GoogleSheet(
        google.service(), config.spreadsheetId().get(), google.calls(beforeEachWrite));
  }
}

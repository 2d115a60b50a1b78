package ca.assistantgazelle.report.sheet;

import ca.assistantgazelle.report.sheet.file.XlsxSpreadsheet;
import ca.assistantgazelle.report.sheet.google.GoogleSheetsClient;
import ca.assistantgazelle.report.sheet.google.GoogleSpreadsheet;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** Opens the configured spreadsheet or file. */
@Singleton
public class SpreadsheetFactory {
    private final SpreadsheetConfig config;
    private final GoogleSheetsClient google;

    SpreadsheetFactory(SpreadsheetConfig config, GoogleSheetsClient google) {
        this.config = config;
        this.google = google;
    }

    /**
     * @param beforeEachWrite called before every write is sent; throws to prevent the write
     * @throws SpreadsheetException when nothing is configured or the configuration is not usable
     */
    public ReportSpreadsheet open(Runnable beforeEachWrite) {
        if (config.file().isPresent()) {
            return new XlsxSpreadsheet(Path.of(config.file().get()), beforeEachWrite);
        }
        if (config.spreadsheetId().isEmpty()) {
            throw new SpreadsheetException(
                    "SHEET_NOT_CONFIGURED",
                    false,
                    "No spreadsheet is configured.",
                    "Set SHEETS_SPREADSHEET_ID to the id in the spreadsheet's URL, or REPORT_FILE to an .xlsx file.");
        }
        return new GoogleSpreadsheet(google.service(), config.spreadsheetId().get(), google.newCalls(beforeEachWrite));
    }
}

package ca.assistantgazelle.report.sheet;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Where the report is written. */
@ConfigMapping(prefix = "gazelle.spreadsheet")
public interface SpreadsheetConfig {
    /** {@code SHEETS_SPREADSHEET_ID}: the id in the spreadsheet's URL. No default. */
    Optional<String> spreadsheetId();

    /** {@code GOOGLE_APPLICATION_CREDENTIALS}: the service account's key file. */
    Optional<String> credentials();

    /** {@code GOOGLE_API_URL}: only for an emulator. */
    Optional<String> apiUrl();

    /** {@code REPORT_FILE}: an .xlsx file to write instead of a Google spreadsheet. */
    Optional<String> file();

    /** {@code INSTITUTIONS_FILE}: replaces the bundled list of institutions. */
    Optional<String> institutionsFile();

    /** Attempts per API call, the first one included. */
    @WithDefault("6")
    int maxAttempts();

    /**
     * Pause before the second attempt, about doubled before each further one, so that six attempts outlast a per-minute
     * quota.
     */
    @WithDefault("PT2S")
    Duration initialBackoff();

    /** Maximum write calls per minute; the default is Google's limit per user. */
    @WithDefault("60")
    int writesPerMinute();
}

package ca.assistantgazelle.sheet;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Where the report goes. */
@ConfigMapping(prefix = "gazelle.sheet")
public interface SheetConfig {
  /** {@code SHEETS_SPREADSHEET_ID}: from the spreadsheet's address. There is no default. */
  Optional<String> spreadsheetId();

  /** {@code GOOGLE_APPLICATION_CREDENTIALS}: the service account's key file. */
  Optional<String> credentials();

  /** {@code GOOGLE_API_URL}: only for an emulator. */
  Optional<String> apiUrl();

  /** {@code REPORT_FILE}: an .xlsx file to be written instead of a Google spreadsheet. */
  Optional<String> file();

  /** {@code INSTITUTIONS_FILE}: replaces the bundled list of institutions. */
  Optional<String> institutionsFile();

  /** How often one call is tried in all. */
  @WithDefault("6")
  int tries();

  /**
   * Before the second try; about twice as long before each further one, so that six tries outlast a
   * quota of a minute.
   */
  @WithDefault("PT2S")
  Duration firstPause();

  /** Write calls a minute. Source: Google's limit for one user. */
  @WithDefault("60")
  int writesPerMinute();
}

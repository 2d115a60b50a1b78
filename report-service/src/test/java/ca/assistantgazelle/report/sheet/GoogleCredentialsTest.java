package ca.assistantgazelle.report.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.assistantgazelle.emulators.google.GoogleEmulator;
import ca.assistantgazelle.report.sheet.google.GoogleSheetsClient;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoogleCredentialsTest {
    @TempDir
    private Path folder;

    private final GoogleEmulator google = GoogleEmulator.start(0, Clock.systemUTC());
    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void createProtectedSpreadsheet() throws IOException {
        google.create("rapport", "Rapport");
        google.requireToken(true);
        settings.put("gazelle.spreadsheet.spreadsheet-id", "rapport");
        settings.put("gazelle.spreadsheet.api-url", google.url());
        settings.put("gazelle.spreadsheet.max-attempts", "2");
        settings.put("gazelle.spreadsheet.initial-backoff", "PT0.01S");
        settings.put("gazelle.spreadsheet.credentials", file(google.keyFile()));
    }

    @AfterEach
    void close() {
        google.close();
    }

    @Test
    void aServiceAccountKeyOpensTheSpreadsheet() throws Exception {
        assertThat(open().tabs()).hasSize(1);
    }

    @Test
    void aMissingSpreadsheetIdIsAnError() {
        settings.remove("gazelle.spreadsheet.spreadsheet-id");
        assertThat(error()).isEqualTo("SHEET_NOT_CONFIGURED");
    }

    @Test
    void googleItselfRequiresCredentials() {
        settings.remove("gazelle.spreadsheet.credentials");
        settings.remove("gazelle.spreadsheet.api-url");
        assertThat(error()).isEqualTo("GOOGLE_CREDENTIALS_MISSING");
    }

    @Test
    void aMissingKeyFileIsReported() {
        settings.put(
                "gazelle.spreadsheet.credentials",
                folder.resolve("nowhere.json").toString());
        assertThat(error()).isEqualTo("GOOGLE_CREDENTIALS_MISSING");
    }

    @Test
    void aUserKeyHasTheWrongType() throws IOException {
        settings.put(
                "gazelle.spreadsheet.credentials",
                file(
                        "{\"type\":\"authorized_user\",\"client_id\":\"a\",\"client_secret\":\"b\",\"refresh_token\":\"c\"}"));
        assertThat(error()).isEqualTo("GOOGLE_CREDENTIALS_WRONG_TYPE");
        settings.put("gazelle.spreadsheet.credentials", file("not json"));
        assertThat(error()).isEqualTo("GOOGLE_CREDENTIALS_WRONG_TYPE");
    }

    @Test
    void aDeletedAccountIsRejected() {
        google.account().delete();
        assertThat(error()).isEqualTo("GOOGLE_CREDENTIALS_REFUSED");
    }

    private String file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "key", ".json"), text)
                .toString();
    }

    private ReportSpreadsheet open() {
        var config = new SmallRyeConfigBuilder()
                .withMapping(SpreadsheetConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(SpreadsheetConfig.class);
        return new SpreadsheetFactory(config, new GoogleSheetsClient(config)).open(() -> {});
    }

    private String error() {
        return catchThrowableOfType(SpreadsheetException.class, () -> open().tabs())
                .error()
                .errorClass();
    }
}

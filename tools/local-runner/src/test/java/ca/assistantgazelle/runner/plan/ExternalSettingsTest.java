package ca.assistantgazelle.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExternalSettingsTest {
    @TempDir
    Path folder;

    @Test
    void endpointsAreShownWithoutPasswords() throws IOException {
        var file = Files.writeString(
                folder.resolve("outside"),
                "# ours\nPGHOST=db.example.com\nPGPASSWORD=s3cret\nGAZELLE_API_URL=https://a:b@crm.example.com/graphql\n");
        var external = ExternalSettings.read(file);
        assertThat(external.endpoints())
                .containsExactly("PGHOST=db.example.com", "GAZELLE_API_URL=https://crm.example.com/graphql");
        assertThat(external.has("PGPASSWORD")).isTrue();
    }

    @Test
    void sampleDataNeverReachesARealDatabase() throws IOException {
        var half = ExternalSettings.read(Files.writeString(folder.resolve("half"), "PGHOST=db.example.com\n"));
        assertThatThrownBy(half::requireConsistent).hasMessageContaining("GAZELLE_API_URL");
    }

    @Test
    void anInvalidLineIsRefused() throws IOException {
        var file = Files.writeString(folder.resolve("outside"), "export PGHOST=x\n");
        assertThatThrownBy(() -> ExternalSettings.read(file)).hasMessageContaining("NAME=value");
    }

    @ParameterizedTest
    @CsvSource({
        "GAZELLE_API_TRIES=3, GAZELLE_API_MAX_ATTEMPTS",
        "GAZELLE_SHEET_FILE=/x, GAZELLE_SPREADSHEET_FILE",
        "GAZELLE_ACCESS_TOKENS_FILE=/x, GAZELLE_AUTH_TOKENS_FILE",
        "SMTP_SERVER=x, docs/configuration.md",
        "SCHEDULER_ENV=production, docs/configuration.md"
    })
    void aRenamedOrUnknownVariableIsRefused(String line, String remedy) throws IOException {
        var file = Files.writeString(folder.resolve("outside"), line + "\n");
        assertThatThrownBy(() -> ExternalSettings.read(file)).hasMessageContaining(remedy);
    }
}

package ca.assistantgazelle.runtime.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.assistantgazelle.contract.token.AccessTokenHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTokensTest {
    @TempDir
    Path folder;

    @Test
    void aTokenGrantsItsRole() throws IOException {
        var tokens = AccessTokens.read(
                file("rw-------", "# people\n" + AccessTokenHash.line("alix", "operator", "abc") + "\n"));
        var caller = tokens.find("abc").orElseThrow();
        assertThat(caller.name()).isEqualTo("alix");
        assertThat(caller.roles()).containsExactlyInAnyOrder("viewer", "operator");
        assertThat(tokens.find("abd")).isEmpty();
        assertThat(tokens.find("")).isEmpty();
    }

    @Test
    void withoutAFileEveryTokenIsRejected() {
        assertThat(AccessTokens.none().find("abc")).isEmpty();
    }

    @Test
    void aFileReadableByOthersIsRejectedWithTheChmodCommand() throws IOException {
        var file = file("rw-r--r--", AccessTokenHash.line("alix", "viewer", "abc"));
        assertThatThrownBy(() -> AccessTokens.read(file)).hasMessageContaining("chmod 600");
    }

    @Test
    void anInvalidLineIsReportedByItsNameOnly() throws IOException {
        var plain = file("rw-------", "alix operator my-secret-token");
        assertThatThrownBy(() -> AccessTokens.read(plain))
                .hasMessageContaining("'alix'")
                .hasMessageNotContaining("my-secret");
        var token = file("rw-------", "# people\nmy-secret-token\n");
        assertThatThrownBy(() -> AccessTokens.read(token))
                .hasMessageContaining("line 2")
                .hasMessageNotContaining("my-secret");
        var role = file("rw-------", AccessTokenHash.line("alix", "boss", "abc"));
        assertThatThrownBy(() -> AccessTokens.read(role)).hasMessageContaining("'boss'");
        assertThatThrownBy(() -> AccessTokens.read(folder.resolve("none"))).hasMessageContaining("API_TOKENS_FILE");
    }

    private Path file(String permissions, String content) throws IOException {
        var file = Files.createTempFile(folder, "tokens", "");
        Files.writeString(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}

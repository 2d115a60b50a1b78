package ca.assistantgazelle.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.assistantgazelle.token.TokenHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
  @TempDir Path folder;

  @Test
  void aTokenOpensWhatItsRoleAllows() throws IOException {
    var tokens =
        Tokens.read(
            file("rw-------", "# people\n" + TokenHash.line("alix", "operator", "abc") + "\n"));
    var caller = tokens.find("abc").orElseThrow();
    assertThat(caller.name()).isEqualTo("alix");
    assertThat(caller.roles()).containsExactlyInAnyOrder("viewer", "operator");
    assertThat(tokens.find("abd")).isEmpty();
    assertThat(tokens.find("")).isEmpty();
  }

  @Test
  void withoutAFileNobodyGetsIn() {
    assertThat(Tokens.none().find("abc")).isEmpty();
  }

  @Test
  void aFileThatOthersMayReadIsRefusedWithTheCommandThatMendsIt() throws IOException {
    var file = file("rw-r--r--", TokenHash.line("alix", "viewer", "abc"));
    assertThatThrownBy(() -> Tokens.read(file)).hasMessageContaining("chmod 600");
  }

  @Test
  void aBrokenLineIsNamedByItsFirstWordOnly() throws IOException {
    var plain = file("rw-------", "alix operator my-secret-token");
    assertThatThrownBy(() -> Tokens.read(plain))
        .hasMessageContaining("'alix'")
        .hasMessageNotContaining("my-secret");
    var role = file("rw-------", TokenHash.line("alix", "boss", "abc"));
    assertThatThrownBy(() -> Tokens.read(role)).hasMessageContaining("'boss'");
    assertThatThrownBy(() -> Tokens.read(folder.resolve("none")))
        .hasMessageContaining("API_TOKENS_FILE");
  }

  private Path file(String permissions, String content) throws IOException {
    var file = Files.createTempFile(folder, "tokens", "");
    Files.writeString(file, content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}

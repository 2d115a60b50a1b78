package ca.assistantgazelle.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class CauseTest {
  /** Only a person who restores by hand meets these. */
  private static final EnumSet<Cause> BY_HAND =
      EnumSet.of(
          Cause.TAMPERED, Cause.RESTORE_REFUSED, Cause.RESTORE_MISSING, Cause.RESTORE_DIFFERENT);

  @Test
  void theAdminIsToldWhatToDoAboutEachOfThem() throws IOException {
    var advice = new Properties();
    advice.load(
        new StringReader(
            Files.readString(Path.of("../alert-service/src/main/resources/depannage.properties"))));
    for (var cause : EnumSet.complementOf(BY_HAND)) {
      assertThat(advice.getProperty(cause.errorClass() + ".quoi-faire"))
          .as(cause.errorClass())
          .isNotBlank();
    }
  }

  @Test
  void aWordIsThatOfTheFailureTable() {
    assertThat(Cause.STORE_STALL.word()).isEqualTo("store.stall");
    assertThat(Cause.STORE_STALL.errorClass()).isEqualTo("BACKUP_STORE_STALL");
  }
}

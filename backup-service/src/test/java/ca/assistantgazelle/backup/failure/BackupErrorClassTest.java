package ca.assistantgazelle.backup.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class BackupErrorClassTest {
    /** Only occur in manual restores. */
    private static final EnumSet<BackupErrorClass> INTERACTIVE_ONLY = EnumSet.of(
            BackupErrorClass.TAMPERED,
            BackupErrorClass.RESTORE_REFUSED,
            BackupErrorClass.RESTORE_MISSING,
            BackupErrorClass.RESTORE_DIFFERENT);

    @Test
    void everyErrorClassHasAdvice() throws IOException {
        var advice = new Properties();
        advice.load(new StringReader(
                Files.readString(Path.of("../alert-service/src/main/resources/depannage.properties"))));
        for (var cause : EnumSet.complementOf(INTERACTIVE_ONLY)) {
            assertThat(advice.getProperty(cause.code() + ".quoi-faire"))
                    .as(cause.code())
                    .isNotBlank();
        }
    }

    @Test
    void labelAndCodeAreDerivedFromTheName() {
        assertThat(BackupErrorClass.STORE_STALL.label()).isEqualTo("store.stall");
        assertThat(BackupErrorClass.STORE_STALL.code()).isEqualTo("BACKUP_STORE_STALL");
    }
}

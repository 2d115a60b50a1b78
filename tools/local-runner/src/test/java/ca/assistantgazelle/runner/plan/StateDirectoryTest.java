package ca.assistantgazelle.runner.plan;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
    @TempDir
    Path folder;

    @Test
    void theStateOfAnotherVersionIsRefusedInOneLine() throws IOException {
        var state = new StateDirectory(folder, folder);
        state.requireCurrentLayout();
        state.folder("postgresql");
        assertThatCode(state::requireCurrentLayout).doesNotThrowAnyException();
        Files.delete(state.file("layout"));
        assertThatThrownBy(state::requireCurrentLayout)
                .message()
                .contains(folder.toString(), "delete it")
                .doesNotContain("\n");
        Files.writeString(state.file("layout"), "0");
        assertThatThrownBy(state::requireCurrentLayout).hasMessageContaining("another version");
    }
}

package ca.assistantgazelle.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleSizeTest {
    @TempDir
    Path folder;

    @Test
    void theSampleIsKeptUntilTheStateDirectoryIsRemoved() {
        var home = new StateDirectory(folder, folder);
        assertThat(SampleSize.of(home, "full")).isEqualTo(SampleSize.FULL);
        assertThat(SampleSize.of(home, null)).isEqualTo(SampleSize.FULL);
        assertThatThrownBy(() -> SampleSize.of(home, "small"))
                .hasMessageContaining("full")
                .hasMessageContaining(folder.toString());
    }

    @Test
    void aStateDirectoryWithoutASampleFileHoldsTheSmallOne() throws Exception {
        Files.writeString(folder.resolve("sample-anchor"), "2026-03-09");
        assertThat(SampleSize.of(new StateDirectory(folder, folder), null)).isEqualTo(SampleSize.SMALL);
    }

    @Test
    void anUnknownSampleIsRefusedNamingTheKnownOnes() {
        assertThatThrownBy(() -> SampleSize.of(new StateDirectory(folder, folder), "huge"))
                .hasMessageContaining("huge")
                .hasMessageContaining("[small, full]");
    }
}

package ca.assistantgazelle.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleTest {
  @TempDir Path folder;

  @Test
  void theSampleStaysWhatItWasUntilTheFolderIsRemoved() {
    var home = new Home(folder, folder);
    assertThat(Sample.of(home, "full")).isEqualTo(Sample.FULL);
    assertThat(Sample.of(home, null)).isEqualTo(Sample.FULL);
    assertThatThrownBy(() -> Sample.of(home, "small"))
        .hasMessageContaining("full")
        .hasMessageContaining(folder.toString());
  }

  @Test
  void aFolderFromBeforeThereWasAChoiceHoldsTheSmallOne() throws Exception {
    Files.writeString(folder.resolve("sample-anchor"), "2026-03-09");
    assertThat(Sample.of(new Home(folder, folder), null)).isEqualTo(Sample.SMALL);
  }

  @Test
  void anUnknownOneIsRefusedNamingTheKnownOnes() {
    assertThatThrownBy(() -> Sample.of(new Home(folder, folder), "huge"))
        .hasMessageContaining("huge")
        .hasMessageContaining("[small, full]");
  }
}

package ca.assistantgazelle.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContentHashTest {
  private record Row(String a, String b) {}

  private record Tagged(List<String> tags) {}

  @Test
  void listsAreToldApart() {
    assertThat(ContentHash.of(new Tagged(List.of("a, b"))))
        .isNotEqualTo(ContentHash.of(new Tagged(List.of("a", "b"))));
  }

  @Test
  void nullEmptyAndNeighboursAreToldApart() {
    assertThat(ContentHash.of(new Row("x", null))).isEqualTo(ContentHash.of(new Row("x", null)));
    assertThat(ContentHash.of(new Row("x", null))).isNotEqualTo(ContentHash.of(new Row("x", "")));
    assertThat(ContentHash.of(new Row("xy", ""))).isNotEqualTo(ContentHash.of(new Row("x", "y")));
    assertThat(ContentHash.of(new Row(null, "x"))).isNotEqualTo(ContentHash.of(new Row("x", null)));
  }
}

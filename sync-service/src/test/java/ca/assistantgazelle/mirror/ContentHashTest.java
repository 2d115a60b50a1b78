package ca.assistantgazelle.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContentHashTest {
  private record Row(String a, String b) {}

  @Test
  void nullEmptyAndNeighboursAreToldApart() {
    assertThat(ContentHash.of(new Row("x", null))).isEqualTo(ContentHash.of(new Row("x", null)));
    assertThat(ContentHash.of(new Row("x", null))).isNotEqualTo(ContentHash.of(new Row("x", "")));
    assertThat(ContentHash.of(new Row("xy", ""))).isNotEqualTo(ContentHash.of(new Row("x", "y")));
    assertThat(ContentHash.of(new Row(null, "x"))).isNotEqualTo(ContentHash.of(new Row("x", null)));
  }
}

package ca.assistantgazelle.sync.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContentHashTest {
    private record TwoColumnRow(String a, String b) {}

    private record TaggedRow(List<String> tags) {}

    @Test
    void differentListsHaveDifferentHashes() {
        assertThat(ContentHash.of(new TaggedRow(List.of("a, b"))))
                .isNotEqualTo(ContentHash.of(new TaggedRow(List.of("a", "b"))));
    }

    @Test
    void nullEmptyAndNeighbouringValuesHaveDifferentHashes() {
        assertThat(ContentHash.of(new TwoColumnRow("x", null))).isEqualTo(ContentHash.of(new TwoColumnRow("x", null)));
        assertThat(ContentHash.of(new TwoColumnRow("x", null))).isNotEqualTo(ContentHash.of(new TwoColumnRow("x", "")));
        assertThat(ContentHash.of(new TwoColumnRow("xy", ""))).isNotEqualTo(ContentHash.of(new TwoColumnRow("x", "y")));
        assertThat(ContentHash.of(new TwoColumnRow(null, "x")))
                .isNotEqualTo(ContentHash.of(new TwoColumnRow("x", null)));
    }
}

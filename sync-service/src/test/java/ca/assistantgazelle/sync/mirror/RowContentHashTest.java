package ca.assistantgazelle.sync.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowContentHashTest {
    private record TwoColumnRow(String a, String b) {}

    private record TaggedRow(List<String> tags) {}

    @Test
    void differentListsHaveDifferentHashes() {
        assertThat(RowContentHash.of(new TaggedRow(List.of("a, b"))))
                .isNotEqualTo(RowContentHash.of(new TaggedRow(List.of("a", "b"))));
    }

    @Test
    void nullEmptyAndNeighbouringValuesHaveDifferentHashes() {
        assertThat(RowContentHash.of(new TwoColumnRow("x", null)))
                .isEqualTo(RowContentHash.of(new TwoColumnRow("x", null)));
        assertThat(RowContentHash.of(new TwoColumnRow("x", null)))
                .isNotEqualTo(RowContentHash.of(new TwoColumnRow("x", "")));
        assertThat(RowContentHash.of(new TwoColumnRow("xy", "")))
                .isNotEqualTo(RowContentHash.of(new TwoColumnRow("x", "y")));
        assertThat(RowContentHash.of(new TwoColumnRow(null, "x")))
                .isNotEqualTo(RowContentHash.of(new TwoColumnRow("x", null)));
    }
}

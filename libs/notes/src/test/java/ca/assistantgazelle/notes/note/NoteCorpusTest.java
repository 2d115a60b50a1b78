package ca.assistantgazelle.notes.note;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.notes.reading.ClimateReading;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Notes written by authors who did not know the code. Figures: docs/notes.md. */
class NoteCorpusTest {
    static Stream<List<String>> clear() {
        return NoteSamples.rows("corpus.psv", 3);
    }

    @ParameterizedTest
    @MethodSource("clear")
    void aClearNoteIsAnalysedCorrectly(List<String> sample) {
        var analysis = NoteAnalysis.of(sample.getFirst());
        assertThat(cell(analysis)).isEqualTo(sample.get(1));
        assertThat(events(analysis)).isEqualTo(expected(sample));
    }

    @Test
    void mostDebatableNotesAreAnalysedAsTheirAuthorIntended() {
        var samples = NoteSamples.rows("corpus-debatable.psv", 3).toList();
        long agreed = samples.stream()
                .filter(sample -> {
                    var analysis = NoteAnalysis.of(sample.getFirst());
                    return cell(analysis).equals(sample.get(1))
                            && events(analysis).equals(expected(sample));
                })
                .count();
        assertThat(agreed).isGreaterThan(samples.size() / 2);
    }

    private static String cell(NoteAnalysis analysis) {
        return analysis.readings().stream().map(ClimateReading::canonical).collect(Collectors.joining(" & "));
    }

    private static Set<String> events(NoteAnalysis analysis) {
        return analysis.events().stream()
                .map(event -> event.type() + " " + event.state())
                .collect(Collectors.toSet());
    }

    private static Set<String> expected(List<String> sample) {
        var expected = new HashSet<>(
                Arrays.stream(sample.get(2).split(",")).map(String::strip).toList());
        expected.remove("");
        return expected;
    }
}

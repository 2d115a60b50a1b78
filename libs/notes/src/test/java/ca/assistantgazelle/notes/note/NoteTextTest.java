package ca.assistantgazelle.notes.note;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NoteTextTest {
    @Test
    void hasUniformSigns() {
        assertThat(NoteText.of("Été – 21 ℃, 38％ œuvre d’un").plain()).isEqualTo("ete - 21 °c, 38% oeuvre d'un");
    }

    @Test
    void isSplitIntoClauses() {
        assertThat(NoteText.of("Temp. 20,5, réglé. Puis fermé; mais 3.5 mm\nfin")
                        .clauses())
                .extracting(NoteClause::written)
                .containsExactly("Temp. 20,5", "réglé", "fermé", "3.5 mm", "fin");
    }

    @Test
    void acceptsAnyInput() {
        assertThat(NoteAnalysis.of(null).readings()).isEmpty();
        assertThat(NoteAnalysis.of("\uD83C\uDFB9 \uD800 ﷺ\uFDFA".repeat(50)).events())
                .isEmpty();
        assertThat(NoteAnalysis.of("humidité ".repeat(10_000)).cell()).isEmpty();
    }
}

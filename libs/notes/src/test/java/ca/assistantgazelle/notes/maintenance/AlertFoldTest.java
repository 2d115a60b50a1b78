package ca.assistantgazelle.notes.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.notes.note.NoteAnalysis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlertFoldTest {
    private final List<DatedNote> notes = new ArrayList<>();

    @Test
    void aLaterNoteEndsWhatAnEarlierOneRaised() {
        note("2026-01-10", "PLS débranché");
        note("2026-02-10", "PLS rebranché");
        assertThat(folded()).containsExactly("POWER n1 n2");
    }

    @Test
    void aSecondComplaintConfirmsTheFirst() {
        note("2026-01-10", "Housse enlevée");
        note("2026-02-10", "Sans housse");
        assertThat(folded()).containsExactly("COVER n1 null");
        assertThat(AlertFold.of(notes).getFirst().evidence()).isEqualTo("Housse enlevée | Sans housse");
    }

    @Test
    void aNoteThatResolvesItsOwnProblemIsAResolvedAlert() {
        note("2026-01-10", "PLS débranché, rebranché");
        assertThat(folded()).containsExactly("POWER n1 n1");
    }

    @Test
    void aResolutionAloneIsNoAlert() {
        note("2026-01-10", "Réservoir rempli");
        assertThat(folded()).isEmpty();
    }

    @Test
    void theSameProblemMayRecur() {
        note("2026-01-10", "PLS débranché");
        note("2026-02-10", "PLS rebranché");
        note("2026-03-10", "PLS débranché");
        assertThat(folded()).containsExactlyInAnyOrder("POWER n1 n2", "POWER n3 null");
    }

    @Test
    void aNormalReadingEndsAnAlertOfHumidity() {
        note("2026-01-10", "21C, 18%");
        note("2026-05-10", "22C, 45%");
        note("2026-07-10", "24C, 75%");
        assertThat(folded()).containsExactlyInAnyOrder("HUMIDITY_LOW n1 n2", "HUMIDITY_HIGH n3 null");
    }

    @Test
    void theOrderOfTheNotesDoesNotMatter() {
        note("2026-01-10", "PLS débranché, housse enlevée");
        note("2026-02-10", "PLS rebranché, 22C, 25%");
        note("2026-03-10", "Housse remise. 22C, 45%");
        note("2026-04-10", "PLS débranché");
        var inOrder = AlertFold.of(notes);
        Collections.shuffle(notes, new Random(4));
        assertThat(AlertFold.of(notes)).containsExactlyElementsOf(inOrder);
    }

    private void note(String date, String text) {
        notes.add(new DatedNote(
                "n" + (notes.size() + 1), Instant.parse(date + "T15:00:00Z"), "cli_1", NoteAnalysis.of(text)));
    }

    private List<String> folded() {
        return AlertFold.of(notes).stream()
                .map(alert -> alert.type() + " " + alert.openedBy() + " " + alert.resolvedBy())
                .toList();
    }
}

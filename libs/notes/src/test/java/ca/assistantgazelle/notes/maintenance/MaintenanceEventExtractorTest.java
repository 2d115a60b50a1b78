package ca.assistantgazelle.notes.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.notes.note.NoteAnalysis;
import ca.assistantgazelle.notes.note.NoteSamples;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MaintenanceEventExtractorTest {
    static Stream<List<String>> notes() {
        return NoteSamples.rows("events.psv", 2);
    }

    @ParameterizedTest
    @MethodSource("notes")
    void areExtracted(List<String> sample) {
        var extracted =
                NoteAnalysis.of(sample.getFirst()).events().stream().map(event -> event.type() + " " + event.state());
        assertThat(extracted)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(sample.get(1).split(","))
                        .map(String::strip)
                        .filter(event -> !event.isEmpty())
                        .toList());
    }

    @Test
    void quoteTheNoteAsItWasWritten() {
        var events = NoteAnalysis.of("Accord. PLS débranché à notre arrivée, Rebranché !")
                .events();
        assertThat(events)
                .extracting(MaintenanceEvent::evidence)
                .containsExactly("PLS débranché à notre arrivée … Rebranché");
    }

    @Test
    void takeTheirSeverityFromTheReading() {
        assertThat(NoteAnalysis.of("humidité relative 15%").events().getFirst().severity())
                .isEqualTo(AlertSeverity.CRITICAL);
        assertThat(NoteAnalysis.of("humidité 25%").events().getFirst().severity())
                .isEqualTo(AlertSeverity.WARNING);
        assertThat(NoteAnalysis.of("Humidité très élevée (72%)")
                        .events()
                        .getFirst()
                        .severity())
                .isEqualTo(AlertSeverity.CRITICAL);
    }

    @Test
    void recogniseNormalHumidity() {
        assertThat(NoteAnalysis.of("21C, 45%").isHumidityNormal()).isTrue();
        assertThat(NoteAnalysis.of("21C, 25%").isHumidityNormal()).isFalse();
        assertThat(NoteAnalysis.of("Accord").isHumidityNormal()).isFalse();
    }
}

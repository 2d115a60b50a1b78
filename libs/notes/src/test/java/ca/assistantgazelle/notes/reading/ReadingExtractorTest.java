package ca.assistantgazelle.notes.reading;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.notes.note.NoteSamples;
import ca.assistantgazelle.notes.note.NoteText;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReadingExtractorTest {
    static Stream<List<String>> notes() {
        return NoteSamples.rows("readings.psv", 3);
    }

    @ParameterizedTest
    @MethodSource("notes")
    void areExtractedFromANote(List<String> sample) {
        var readings = ReadingExtractor.extract(NoteText.of(sample.getFirst()));
        assertThat(readings.stream().map(ClimateReading::canonical).collect(Collectors.joining(" & ")))
                .isEqualTo(sample.get(1));
        assertThat(readings.isEmpty() ? "" : readings.getFirst().confidence().code())
                .isEqualTo(sample.get(2));
    }

    @Test
    void keepTheirPrecision() {
        var reading = ReadingExtractor.extract(NoteText.of("20,5 °C, humidité entre 35% et 45%"))
                .getFirst();
        assertThat(reading.temperatureC()).isEqualByComparingTo("20.5");
        assertThat(reading.humidityLow()).isEqualByComparingTo("35");
        assertThat(reading.humidityHigh()).isEqualByComparingTo("45");
    }
}

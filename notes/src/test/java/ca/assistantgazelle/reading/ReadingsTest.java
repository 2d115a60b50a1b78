package ca.assistantgazelle.reading;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.note.NoteText;
import ca.assistantgazelle.note.Samples;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReadingsTest {
  static Stream<List<String>> notes() {
    return Samples.rows("readings.psv", 3);
  }

  @ParameterizedTest
  @MethodSource("notes")
  void areFoundInANote(List<String> sample) {
    var readings = Readings.in(NoteText.of(sample.getFirst()));
    assertThat(readings.stream().map(Reading::canonical).collect(Collectors.joining(" & ")))
        .isEqualTo(sample.get(1));
    assertThat(readings.isEmpty() ? "" : readings.getFirst().confidence().word())
        .isEqualTo(sample.get(2));
  }

  @Test
  void keepTheirNumbers() {
    var reading = Readings.in(NoteText.of("20,5 °C, humidité entre 35% et 45%")).getFirst();
    assertThat(reading.temperatureC()).isEqualByComparingTo("20.5");
    assertThat(reading.humidityLow()).isEqualByComparingTo("35");
    assertThat(reading.humidityHigh()).isEqualByComparingTo("45");
  }
}

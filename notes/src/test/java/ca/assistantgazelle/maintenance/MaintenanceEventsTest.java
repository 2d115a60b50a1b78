package ca.assistantgazelle.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.note.Samples;
import ca.assistantgazelle.note.Understanding;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MaintenanceEventsTest {
  static Stream<List<String>> notes() {
    return Samples.rows("events.psv", 2);
  }

  @ParameterizedTest
  @MethodSource("notes")
  void areUnderstood(List<String> sample) {
    var understood =
        Understanding.of(sample.getFirst()).events().stream()
            .map(event -> event.type() + " " + event.state());
    assertThat(understood)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(sample.get(1).split(","))
                .map(String::strip)
                .filter(event -> !event.isEmpty())
                .toList());
  }

  @Test
  void quoteTheNoteAsItWasWritten() {
    var events = Understanding.of("Accord. PLS débranché à notre arrivée, Rebranché !").events();
    assertThat(events)
        .extracting(MaintenanceEvent::evidence)
        .containsExactly("PLS débranché à notre arrivée … Rebranché");
  }

  @Test
  void areAsBadAsTheReadingSays() {
    assertThat(Understanding.of("humidité relative 15%").events().getFirst().severity())
        .isEqualTo(Severity.CRITICAL);
    assertThat(Understanding.of("humidité 25%").events().getFirst().severity())
        .isEqualTo(Severity.WARNING);
    assertThat(Understanding.of("Humidité très élevée (72%)").events().getFirst().severity())
        .isEqualTo(Severity.CRITICAL);
  }

  @Test
  void knowWhenTheRoomIsAsItShouldBe() {
    assertThat(Understanding.of("21C, 45%").humidityIsNormal()).isTrue();
    assertThat(Understanding.of("21C, 25%").humidityIsNormal()).isFalse();
    assertThat(Understanding.of("Accord").humidityIsNormal()).isFalse();
  }
}

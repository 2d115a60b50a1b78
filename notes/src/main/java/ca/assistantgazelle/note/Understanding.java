package ca.assistantgazelle.note;

import ca.assistantgazelle.maintenance.HumidityLimits;
import ca.assistantgazelle.maintenance.MaintenanceEvent;
import ca.assistantgazelle.maintenance.MaintenanceEvents;
import ca.assistantgazelle.reading.Reading;
import ca.assistantgazelle.reading.Readings;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a note says, and nothing of where it is from.
 *
 * @param readings in the order they are written
 * @param events at most one for each type
 */
public record Understanding(List<Reading> readings, List<MaintenanceEvent> events) {
  /** Grows with every change of the rules that can change a result. */
  public static final int RULE_VERSION = 2;

  private static final int LONGEST = 20_000;

  /**
   * @param text a technician's note, French or English; null is an empty one; what is beyond 20,000
   *     characters is not read
   */
  public static Understanding of(String text) {
    var note =
        NoteText.of(text != null && text.length() > LONGEST ? text.substring(0, LONGEST) : text);
    var readings = Readings.in(note);
    return new Understanding(readings, MaintenanceEvents.in(note, readings));
  }

  /** The readings as the report's cell shows them; empty when there is none. */
  public String cell() {
    return readings.stream().map(Reading::canonical).distinct().collect(Collectors.joining(" | "));
  }

  /** A sure reading that gives no reason to complain is among them, and none that does. */
  public boolean humidityIsNormal() {
    return readings.stream().anyMatch(HumidityLimits::isNormal)
        && events.stream().noneMatch(event -> event.type().isHumidity());
  }
}

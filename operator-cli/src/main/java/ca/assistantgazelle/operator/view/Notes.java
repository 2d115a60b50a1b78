package ca.assistantgazelle.operator.view;

import ca.assistantgazelle.maintenance.MaintenanceEvent;
import ca.assistantgazelle.note.Understanding;
import ca.assistantgazelle.reading.Reading;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Shows what a note says. */
public final class Notes {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Notes() {}

  /** On one line. */
  public static String json(Understanding understood) {
    var document = JSON.objectNode().put("cell", understood.cell());
    var readings = document.putArray("readings");
    understood.readings().forEach(reading -> readings.add(json(reading)));
    var events = document.putArray("events");
    understood.events().forEach(event -> events.add(json(event)));
    return document.toString();
  }

  private static ObjectNode json(Reading reading) {
    return JSON.objectNode()
        .put("temperature_c", reading.temperatureC())
        .put("humidity_low", reading.humidityLow())
        .put("humidity_high", reading.humidityHigh())
        .put("confidence", reading.confidence().word());
  }

  private static ObjectNode json(MaintenanceEvent event) {
    return JSON.objectNode()
        .put("type", event.type().name())
        .put("state", event.state().name())
        .put("severity", event.severity().word())
        .put("evidence", event.evidence());
  }

  /** For a person. */
  public static String words(String note, Understanding understood) {
    var text = new StringBuilder(note).append('\n');
    for (var reading : understood.readings()) {
      text.append("  reading      ")
          .append(reading.canonical())
          .append("  (")
          .append(reading.confidence().word())
          .append(" confidence)\n");
    }
    for (var event : understood.events()) {
      text.append(
          "  %-12s %-10s %s  « %s »%n"
              .formatted(event.type(), event.state(), event.severity().word(), event.evidence()));
    }
    if (understood.readings().isEmpty() && understood.events().isEmpty()) {
      text.append("  says nothing of temperature, humidity or maintenance\n");
    }
    return text.toString().stripTrailing();
  }
}

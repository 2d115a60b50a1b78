package ca.assistantgazelle.reading;

import ca.assistantgazelle.note.NoteText;
import java.util.ArrayList;
import java.util.List;

/** What a note says of temperature and humidity. Source: reference/report-alerts.md §1.7. */
public final class Readings {
  private Readings() {}

  /** In the order they are written; empty when the note says nothing of the kind. */
  public static List<Reading> in(NoteText note) {
    var temperatures = Temperatures.in(note);
    var humidities = Humidities.in(note, temperatures);
    if (temperatures.size() > 1 && temperatures.size() == humidities.size()) {
      var pairs = new ArrayList<Reading>();
      for (int i = 0; i < temperatures.size(); i++) {
        pairs.add(reading(temperatures.get(i), humidities.get(i)));
      }
      return pairs.stream().distinct().toList();
    }
    if (temperatures.isEmpty() && humidities.isEmpty()) {
      return List.of();
    }
    return List.of(
        reading(
            temperatures.isEmpty() ? null : temperatures.getFirst(),
            humidities.isEmpty() ? null : humidities.getFirst()));
  }

  private static Reading reading(Temperature temperature, Humidity humidity) {
    var celsius = temperature == null ? null : temperature.celsius();
    return humidity == null
        ? new Reading(celsius, null, null, Confidence.HIGH)
        : new Reading(celsius, humidity.low(), humidity.high(), humidity.confidence());
  }
}

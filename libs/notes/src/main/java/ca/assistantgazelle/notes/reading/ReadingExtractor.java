package ca.assistantgazelle.notes.reading;

import ca.assistantgazelle.notes.note.NoteText;
import java.util.ArrayList;
import java.util.List;

/** Extracts temperature and humidity readings from a note. Rules: docs/notes.md. */
public final class ReadingExtractor {
    private ReadingExtractor() {}

    /** In text order; empty if there are none. */
    public static List<ClimateReading> extract(NoteText note) {
        var temperatures = TemperatureExtractor.extract(note);
        var humidities = HumidityExtractor.extract(note, temperatures);
        if (temperatures.size() > 1 && temperatures.size() == humidities.size()) {
            var pairs = new ArrayList<ClimateReading>();
            for (int i = 0; i < temperatures.size(); i++) {
                pairs.add(reading(temperatures.get(i), humidities.get(i)));
            }
            return pairs.stream().distinct().toList();
        }
        if (temperatures.isEmpty() && humidities.isEmpty()) {
            return List.of();
        }
        return List.of(reading(
                temperatures.isEmpty() ? null : temperatures.getFirst(),
                humidities.isEmpty() ? null : humidities.getFirst()));
    }

    private static ClimateReading reading(TemperatureReading temperature, HumidityReading humidity) {
        var celsius = temperature == null ? null : temperature.celsius();
        return humidity == null
                ? new ClimateReading(celsius, null, null, ReadingConfidence.HIGH)
                : new ClimateReading(celsius, humidity.low(), humidity.high(), humidity.confidence());
    }
}

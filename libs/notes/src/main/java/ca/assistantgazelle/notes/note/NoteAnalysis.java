package ca.assistantgazelle.notes.note;

import ca.assistantgazelle.notes.maintenance.HumidityLimits;
import ca.assistantgazelle.notes.maintenance.MaintenanceEvent;
import ca.assistantgazelle.notes.maintenance.MaintenanceEventExtractor;
import ca.assistantgazelle.notes.reading.ClimateReading;
import ca.assistantgazelle.notes.reading.ReadingExtractor;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The readings and maintenance events found in a note.
 *
 * @param readings in text order
 * @param events at most one per type
 */
public record NoteAnalysis(List<ClimateReading> readings, List<MaintenanceEvent> events) {
    /** Incremented with every rule change that can change a result. */
    public static final int RULE_VERSION = 2;

    private static final int MAX_LENGTH = 20_000;

    /**
     * @param text a technician's note, French or English; null means an empty note; text beyond 20,000 characters is
     *     ignored
     */
    public static NoteAnalysis of(String text) {
        var note = NoteText.of(text != null && text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text);
        var readings = ReadingExtractor.extract(note);
        return new NoteAnalysis(readings, MaintenanceEventExtractor.extract(note, readings));
    }

    /** The readings as shown in the report's cell; empty if there are none. */
    public String cell() {
        return readings.stream().map(ClimateReading::canonical).distinct().collect(Collectors.joining(" | "));
    }

    /** Whether a high-confidence reading is within the limits and there is no humidity event. */
    public boolean isHumidityNormal() {
        return readings.stream().anyMatch(HumidityLimits::isNormal)
                && events.stream().noneMatch(event -> event.type().isHumidity());
    }
}

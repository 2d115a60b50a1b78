package ca.assistantgazelle.notes.maintenance;

import ca.assistantgazelle.notes.note.NoteText;
import ca.assistantgazelle.notes.reading.ClimateReading;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Extracts events about covers, power, reservoirs, environment and humidity from a note. */
public final class MaintenanceEventExtractor {
    private MaintenanceEventExtractor() {}

    /**
     * Extracts at most one event per type.
     *
     * @param readings readings extracted from the same note
     */
    public static List<MaintenanceEvent> extract(NoteText note, List<ClimateReading> readings) {
        var measured = humidityEvents(readings);
        var events = new ArrayList<MaintenanceEvent>();
        NoteEventReader.read(note).forEach((type, story) -> {
            var reading = measured.remove(type);
            var severity = reading == null
                    ? type.defaultSeverity()
                    : HumidityLimits.excess(reading).orElseThrow().severity();
            events.add(new MaintenanceEvent(type, story.state(), severity, story.evidence()));
        });
        measured.forEach((type, reading) -> events.add(new MaintenanceEvent(
                type,
                MaintenanceEventState.OPEN,
                HumidityLimits.excess(reading).orElseThrow().severity(),
                reading.canonical())));
        return List.copyOf(events);
    }

    // If a note has several readings, any one outside the limits counts.
    private static Map<MaintenanceEventType, ClimateReading> humidityEvents(List<ClimateReading> readings) {
        var measured = new EnumMap<MaintenanceEventType, ClimateReading>(MaintenanceEventType.class);
        for (var reading : readings) {
            HumidityLimits.excess(reading).ifPresent(excess -> measured.put(excess.type(), reading));
        }
        return measured;
    }
}

package ca.assistantgazelle.cli.view;

import ca.assistantgazelle.notes.maintenance.MaintenanceEvent;
import ca.assistantgazelle.notes.note.NoteAnalysis;
import ca.assistantgazelle.notes.reading.ClimateReading;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Renders the analysis of a note as JSON or text. */
public final class NoteView {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private NoteView() {}

    /** JSON on one line. */
    public static String json(NoteAnalysis analysis) {
        var document = JSON.objectNode().put("cell", analysis.cell());
        var readings = document.putArray("readings");
        analysis.readings().forEach(reading -> readings.add(json(reading)));
        var events = document.putArray("events");
        analysis.events().forEach(event -> events.add(json(event)));
        return document.toString();
    }

    private static ObjectNode json(ClimateReading reading) {
        return JSON.objectNode()
                .put("temperature_c", reading.temperatureC())
                .put("humidity_low", reading.humidityLow())
                .put("humidity_high", reading.humidityHigh())
                .put("confidence", reading.confidence().code());
    }

    private static ObjectNode json(MaintenanceEvent event) {
        return JSON.objectNode()
                .put("type", event.type().name())
                .put("state", event.state().name())
                .put("severity", event.severity().code())
                .put("evidence", event.evidence());
    }

    /** Text for people. */
    public static String text(String note, NoteAnalysis analysis) {
        var text = new StringBuilder(note).append('\n');
        for (var reading : analysis.readings()) {
            text.append("  reading      ")
                    .append(reading.canonical())
                    .append("  (")
                    .append(reading.confidence().code())
                    .append(" confidence)\n");
        }
        for (var event : analysis.events()) {
            text.append("  %-12s %-10s %s  « %s »%n"
                    .formatted(event.type(), event.state(), event.severity().code(), event.evidence()));
        }
        if (analysis.readings().isEmpty() && analysis.events().isEmpty()) {
            text.append("  no temperature, humidity or maintenance information found\n");
        }
        return text.toString().stripTrailing();
    }
}

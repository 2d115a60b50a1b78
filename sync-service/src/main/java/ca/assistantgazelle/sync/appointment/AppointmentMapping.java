package ca.assistantgazelle.sync.appointment;

import static ca.assistantgazelle.sync.gazelle.GazelleJsonFields.bool;
import static ca.assistantgazelle.sync.gazelle.GazelleJsonFields.id;
import static ca.assistantgazelle.sync.gazelle.GazelleJsonFields.instant;
import static ca.assistantgazelle.sync.gazelle.GazelleJsonFields.integer;
import static ca.assistantgazelle.sync.gazelle.GazelleJsonFields.text;

import ca.assistantgazelle.contract.timetable.TimeZones;
import ca.assistantgazelle.sync.gazelle.GazellePage;
import ca.assistantgazelle.sync.gazelle.UnreadableRecord;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Maps a Gazelle event to database rows. */
final class AppointmentMapping {
    /** A piano of an appointment; {@code position} from 1. */
    record EventPiano(String pianoId, Boolean isTuning, int position) {}

    private AppointmentMapping() {}

    static AppointmentRow appointment(JsonNode event) {
        Instant start = instant(event, "start");
        LocalDate day = start == null ? null : start.atZone(TimeZones.MONTREAL).toLocalDate();
        LocalTime time = start == null ? null : start.atZone(TimeZones.MONTREAL).toLocalTime();
        var pianos = pianos(event);
        var title = text(event, "title");
        var notes = text(event, "notes");
        var place = text(event, "addressLine");
        return new AppointmentRow(
                id(event),
                text(event, "client", "id"),
                pianos.isEmpty() ? null : pianos.getFirst().pianoId(),
                title,
                notes,
                notes == null || notes.isBlank() ? title : notes,
                place == null ? "" : place,
                day,
                time,
                start,
                integer(event, "duration"),
                bool(event, "isAllDay"),
                text(event, "status"),
                text(event, "type"),
                text(event, "user", "id"),
                text(event, "travelMode"),
                text(event, "source"),
                text(event, "createdBy", "id"),
                // Null from Gazelle means not confirmed; null in the table means never synchronised.
                Boolean.TRUE.equals(bool(event, "confirmedByClient")),
                instant(event, "confirmedAt"),
                instant(event, "createdAt"),
                instant(event, "updatedAt"),
                pianos.stream()
                        .map(piano -> piano.pianoId() + ":" + piano.isTuning())
                        .collect(Collectors.joining(",")));
    }

    /** The event's distinct pianos in Gazelle's order. */
    static List<EventPiano> pianos(JsonNode event) {
        Map<String, EventPiano> pianos = new LinkedHashMap<>();
        for (var node : GazellePage.ofNestedList(event.path("allEventPianos")).nodes()) {
            var id = text(node, "piano", "id");
            if (id != null) {
                pianos.putIfAbsent(id, new EventPiano(id, bool(node, "isTuning"), pianos.size() + 1));
            }
        }
        return List.copyOf(pianos.values());
    }

    /** Whether Gazelle returned every piano: a missing one may be any of the stored ones. */
    static boolean hasAllPianos(JsonNode event) {
        return GazellePage.ofNestedList(event.path("allEventPianos")).nodes().stream()
                .noneMatch(UnreadableRecord::isUnreadable);
    }
}

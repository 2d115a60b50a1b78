package ca.assistantgazelle.appointments;

import static ca.assistantgazelle.gazelle.Fields.bool;
import static ca.assistantgazelle.gazelle.Fields.id;
import static ca.assistantgazelle.gazelle.Fields.instant;
import static ca.assistantgazelle.gazelle.Fields.integer;
import static ca.assistantgazelle.gazelle.Fields.text;

import ca.assistantgazelle.gazelle.Page;
import ca.assistantgazelle.gazelle.UnmappableException;
import ca.assistantgazelle.gazelle.Unreadable;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** From Gazelle's event to our rows. Source: reference/gazelle.md §10. */
final class AppointmentMapping {
  private static final ZoneId ZONE = ZoneId.of("America/Toronto");

  /** A piano of an appointment; {@code position} from 1. */
  record EventPiano(String pianoId, Boolean isTuning, int position) {}

  private AppointmentMapping() {}

  static AppointmentRow appointment(JsonNode event) {
    Instant start = start(event);
    LocalDate day = start == null ? null : start.atZone(ZONE).toLocalDate();
    LocalTime time = start == null ? null : start.atZone(ZONE).toLocalTime();
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
        // Null from Gazelle counts as not confirmed; null in the table means that it was never
        // read.
        Boolean.TRUE.equals(bool(event, "confirmedByClient")),
        instant(event, "confirmedAt"),
        instant(event, "createdAt"),
        instant(event, "updatedAt"),
        pianos.stream()
            .map(piano -> piano.pianoId() + ":" + piano.isTuning())
            .collect(Collectors.joining(",")));
  }

  /** In Gazelle's order, each once. */
  static List<EventPiano> pianos(JsonNode event) {
    Map<String, EventPiano> pianos = new LinkedHashMap<>();
    for (var node : Page.of(event.path("allEventPianos")).nodes()) {
      var id = text(node, "piano", "id");
      if (id != null) {
        pianos.putIfAbsent(id, new EventPiano(id, bool(node, "isTuning"), pianos.size() + 1));
      }
    }
    return List.copyOf(pianos.values());
  }

  /**
   * Whether Gazelle gave every one: one that it did not give may be any of those that are known.
   */
  static boolean hasAllPianos(JsonNode event) {
    return Page.of(event.path("allEventPianos")).nodes().stream().noneMatch(Unreadable::is);
  }

  // An event without a start that can be read is kept without one rather than set aside.
  private static Instant start(JsonNode event) {
    try {
      return instant(event, "start");
    } catch (UnmappableException unreadable) {
      return null;
    }
  }
}

package ca.assistantgazelle.peers.gazelle;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Events as the office and the technicians change them. Source: reference/gazelle.md §4. */
final class Calendar {
  private static final ZoneId ZONE = ZoneId.of("America/Toronto");
  private static final List<String> FIELDS =
      List.of(
          "status",
          "confirmedAt",
          "start",
          "timezone",
          "duration",
          "buffer",
          "title",
          "notes",
          "type",
          "isAllDay",
          "clientId",
          "userId",
          "travelMode");
  private static final List<String> KEPT_BY_REPLACING = List.of("status", "type");

  private final Records records;
  private final Behaviour behaviour;
  private final Instruments instruments;

  Calendar(Records records, Behaviour behaviour, Instruments instruments) {
    this.records = records;
    this.behaviour = behaviour;
    this.instruments = instruments;
  }

  Map<String, Object> create(Map<String, Object> input) {
    var refusal = refusal(input);
    if (refusal != null) {
      return refusal;
    }
    if (input.get("start") == null) {
      return Payload.blank("event", "start", input.get("errorReferenceId"));
    }
    var fields = fields(input);
    fields.putIfAbsent("duration", 60);
    fields.put("source", "manual_schedule");
    fields.put("createdById", records.all(Collection.USERS).getFirst().get("id"));
    var event = records.create(Collection.EVENTS, fields);
    // An event for an inactive piano is accepted, and makes the piano an active one.
    pianos(event).forEach(piano -> instruments.reactivate((String) piano.get("pianoId")));
    return Payload.of("event", event);
  }

  Map<String, Object> update(String id, Map<String, Object> input) {
    if (records.find(Collection.EVENTS, id) == null) {
      return Payload.notFound("event", "id");
    }
    var refusal = refusal(input);
    if (refusal != null) {
      return refusal;
    }
    var changes = new HashMap<String, Object>();
    if (behaviour.updateReplaces()) {
      FIELDS.stream()
          .filter(field -> !KEPT_BY_REPLACING.contains(field))
          .forEach(field -> changes.put(field, null));
      changes.put("isAllDay", false);
      changes.put("pianos", List.of());
    }
    changes.putAll(fields(input));
    if ("MEMO".equals(changes.get("type"))) {
      changes.put("clientId", null);
    }
    return Payload.of("event", records.edit(Collection.EVENTS, id, changes));
  }

  /** Also writes the service history: without notes, a tuning leaves no line there. */
  Map<String, Object> complete(String id, Map<String, Object> input) {
    var event = records.find(Collection.EVENTS, id);
    if (event == null) {
      return Payload.notFound("event", "eventId");
    }
    var result = String.valueOf(input.getOrDefault("resultType", "COMPLETE"));
    var status = result.equals("OTHER") ? "COMPLETE" : result;
    for (var note : list(input.get("serviceHistoryNotes"))) {
      if (records.find(Collection.PIANOS, (String) note.get("pianoId")) == null) {
        return Payload.notFound("event", "pianoId");
      }
    }
    var completed = records.edit(Collection.EVENTS, id, Map.of("status", status));
    list(input.get("serviceHistoryNotes")).forEach(note -> serviceEntry(event, note));
    if (input.get("clientTimelineComment") != null) {
      entry(event, "USER_COMMENT", null, input.get("clientTimelineComment"));
    }
    if (result.equals("COMPLETE")) {
      pianos(event).stream()
          .filter(piano -> Boolean.TRUE.equals(piano.get("isTuning")))
          .forEach(piano -> instruments.served((String) piano.get("pianoId"), day(event)));
    }
    list(input.get("pianoMeasurements")).forEach(instruments::measure);
    return Payload.of("event", completed);
  }

  Map<String, Object> cancel(String id) {
    var cancelled = records.edit(Collection.EVENTS, id, Map.of("status", "CANCELED"));
    if (cancelled == null) {
      return Payload.notFound("event", "eventId");
    }
    records.create(Collection.NOTICES, Map.of("eventId", id, "status", "OPEN"));
    return Payload.of("event", cancelled);
  }

  Map<String, Object> status(String id, String status) {
    var changed = records.edit(Collection.EVENTS, id, Map.of("status", status));
    return changed == null ? Payload.notFound("event", "eventId") : Payload.of("event", changed);
  }

  /** Staff confirms: the client's own flag stays as it is. */
  Map<String, Object> confirm(String id) {
    var changed = records.edit(Collection.EVENTS, id, Map.of("confirmedAt", records.now()));
    return changed == null ? Payload.notFound("event", "id") : Payload.of("event", changed);
  }

  Map<String, Object> unconfirm(String id) {
    var nothing = new HashMap<String, Object>();
    nothing.put("confirmedAt", null);
    nothing.put("confirmedByClient", false);
    var changed = records.edit(Collection.EVENTS, id, nothing);
    return changed == null ? Payload.notFound("event", "id") : Payload.of("event", changed);
  }

  Map<String, Object> delete(String id) {
    return records.delete(Collection.EVENTS, id)
        ? Payload.of("isDeleted", true)
        : Payload.notFound("isDeleted", "id");
  }

  Map<String, Object> acknowledge(String id, Map<String, Object> input) {
    var changed = records.edit(Collection.NOTICES, id, input);
    return changed == null
        ? Payload.notFound("eventCancelNotice", "id")
        : Payload.of("eventCancelNotice", changed);
  }

  private Map<String, Object> refusal(Map<String, Object> input) {
    var reference = input.get("errorReferenceId");
    if (input.get("clientId") instanceof String client
        && records.find(Collection.CLIENTS, client) == null) {
      return Payload.notFound("event", "clientId");
    }
    for (var piano : list(input.get("pianos"))) {
      if (records.find(Collection.PIANOS, (String) piano.get("pianoId")) == null) {
        return Payload.notFound("event", "pianos");
      }
    }
    if (input.get("location") instanceof Map<?, ?> location
        && location.get("locationType") == null) {
      return Payload.refused(
          "event", "eventLocation", "Location type is not a valid type", "VALIDATION", reference);
    }
    return null;
  }

  private static Map<String, Object> fields(Map<String, Object> input) {
    var fields = new LinkedHashMap<String, Object>();
    FIELDS.stream()
        .filter(input::containsKey)
        .forEach(field -> fields.put(field, input.get(field)));
    if (input.containsKey("pianos")) {
      fields.put("pianos", new ArrayList<>(list(input.get("pianos"))));
    }
    if (input.get("location") instanceof Map<?, ?> location) {
      fields.put("addressLine", address(location));
    }
    return fields;
  }

  private static String address(Map<?, ?> location) {
    return location.get("singleLineAddress") instanceof String line
        ? line
        : String.join(
            ", ",
            Arrays.stream(new Object[] {location.get("street1"), location.get("municipality")})
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList());
  }

  private void serviceEntry(Map<String, Object> event, Map<String, Object> note) {
    var entry = entry(event, "SERVICE_ENTRY_MANUAL", note.get("pianoId"), note.get("notes"));
    records.edit(Collection.TIMELINE, (String) entry.get("id"), Map.of("summary", "Service"));
  }

  private Map<String, Object> entry(
      Map<String, Object> event, String type, Object pianoId, Object comment) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("type", type);
    fields.put("clientId", event.get("clientId"));
    fields.put("pianoId", pianoId);
    fields.put("userId", event.get("userId"));
    fields.put("appointmentId", event.get("id"));
    fields.put("comment", comment);
    return records.create(Collection.TIMELINE, fields);
  }

  private static String day(Map<String, Object> event) {
    return OffsetDateTime.parse((String) event.get("start"))
        .atZoneSameInstant(ZONE)
        .toLocalDate()
        .toString();
  }

  private static List<Map<String, Object>> pianos(Map<String, Object> event) {
    return list(event.get("pianos"));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Object value) {
    return value == null ? List.of() : (List<Map<String, Object>>) value;
  }
}

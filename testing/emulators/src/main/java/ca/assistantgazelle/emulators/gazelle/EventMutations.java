package ca.assistantgazelle.emulators.gazelle;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The mutations of events and cancellation notices. */
final class EventMutations {
    private static final ZoneId ZONE = ZoneId.of("America/Toronto");
    private static final List<String> EVENT_FIELDS = List.of(
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

    private final EmulatedRecords records;
    private final EmulatorBehaviour behaviour;
    private final PianoMutations pianoMutations;

    EventMutations(EmulatedRecords records, EmulatorBehaviour behaviour, PianoMutations instruments) {
        this.records = records;
        this.behaviour = behaviour;
        this.pianoMutations = instruments;
    }

    Map<String, Object> create(Map<String, Object> input) {
        var refusal = validate(input);
        if (refusal != null) {
            return refusal;
        }
        if (input.get("start") == null) {
            return MutationPayload.blankField("event", "start", input.get("errorReferenceId"));
        }
        var fields = fields(input);
        fields.putIfAbsent("duration", 60);
        fields.put("source", "manual_schedule");
        fields.put("createdById", records.all(RecordCollection.USERS).getFirst().get("id"));
        var event = records.create(RecordCollection.EVENTS, fields);
        // An event for an inactive piano is accepted and reactivates the piano.
        pianos(event).forEach(piano -> pianoMutations.reactivate((String) piano.get("pianoId")));
        return MutationPayload.of("event", event);
    }

    Map<String, Object> update(String id, Map<String, Object> input) {
        if (records.find(RecordCollection.EVENTS, id) == null) {
            return MutationPayload.notFound("event", "id");
        }
        var refusal = validate(input);
        if (refusal != null) {
            return refusal;
        }
        var changes = new HashMap<String, Object>();
        if (behaviour.updateReplaces()) {
            EVENT_FIELDS.stream()
                    .filter(field -> !KEPT_BY_REPLACING.contains(field))
                    .forEach(field -> changes.put(field, null));
            changes.put("isAllDay", false);
            changes.put("pianos", List.of());
        }
        changes.putAll(fields(input));
        if ("MEMO".equals(changes.get("type"))) {
            changes.put("clientId", null);
        }
        return MutationPayload.of("event", records.edit(RecordCollection.EVENTS, id, changes));
    }

    /** Also adds the notes to the service history; without notes, it gets no entry. */
    Map<String, Object> complete(String id, Map<String, Object> input) {
        var event = records.find(RecordCollection.EVENTS, id);
        if (event == null) {
            return MutationPayload.notFound("event", "eventId");
        }
        var result = String.valueOf(input.getOrDefault("resultType", "COMPLETE"));
        var status = result.equals("OTHER") ? "COMPLETE" : result;
        for (var note : list(input.get("serviceHistoryNotes"))) {
            if (records.find(RecordCollection.PIANOS, (String) note.get("pianoId")) == null) {
                return MutationPayload.notFound("event", "pianoId");
            }
        }
        var completed = records.edit(RecordCollection.EVENTS, id, Map.of("status", status));
        list(input.get("serviceHistoryNotes")).forEach(note -> addServiceEntry(event, note));
        if (input.get("clientTimelineComment") != null) {
            addTimelineEntry(event, "USER_COMMENT", null, input.get("clientTimelineComment"));
        }
        if (result.equals("COMPLETE")) {
            pianos(event).stream()
                    .filter(piano -> Boolean.TRUE.equals(piano.get("isTuning")))
                    .forEach(piano -> pianoMutations.recordTuning((String) piano.get("pianoId"), montrealDay(event)));
        }
        list(input.get("pianoMeasurements")).forEach(pianoMutations::addMeasurement);
        return MutationPayload.of("event", completed);
    }

    Map<String, Object> cancel(String id) {
        var cancelled = records.edit(RecordCollection.EVENTS, id, Map.of("status", "CANCELED"));
        if (cancelled == null) {
            return MutationPayload.notFound("event", "eventId");
        }
        records.create(RecordCollection.NOTICES, Map.of("eventId", id, "status", "OPEN"));
        return MutationPayload.of("event", cancelled);
    }

    Map<String, Object> setStatus(String id, String status) {
        var changed = records.edit(RecordCollection.EVENTS, id, Map.of("status", status));
        return changed == null ? MutationPayload.notFound("event", "eventId") : MutationPayload.of("event", changed);
    }

    /** Confirmation by staff; does not change the client's own flag. */
    Map<String, Object> confirm(String id) {
        var changed = records.edit(RecordCollection.EVENTS, id, Map.of("confirmedAt", records.now()));
        return changed == null ? MutationPayload.notFound("event", "id") : MutationPayload.of("event", changed);
    }

    Map<String, Object> unconfirm(String id) {
        var nothing = new HashMap<String, Object>();
        nothing.put("confirmedAt", null);
        nothing.put("confirmedByClient", false);
        var changed = records.edit(RecordCollection.EVENTS, id, nothing);
        return changed == null ? MutationPayload.notFound("event", "id") : MutationPayload.of("event", changed);
    }

    Map<String, Object> delete(String id) {
        return records.delete(RecordCollection.EVENTS, id)
                ? MutationPayload.of("isDeleted", true)
                : MutationPayload.notFound("isDeleted", "id");
    }

    Map<String, Object> updateNotice(String id, Map<String, Object> input) {
        var changed = records.edit(RecordCollection.NOTICES, id, input);
        return changed == null
                ? MutationPayload.notFound("eventCancelNotice", "id")
                : MutationPayload.of("eventCancelNotice", changed);
    }

    private Map<String, Object> validate(Map<String, Object> input) {
        var reference = input.get("errorReferenceId");
        if (input.get("clientId") instanceof String client && records.find(RecordCollection.CLIENTS, client) == null) {
            return MutationPayload.notFound("event", "clientId");
        }
        for (var piano : list(input.get("pianos"))) {
            if (records.find(RecordCollection.PIANOS, (String) piano.get("pianoId")) == null) {
                return MutationPayload.notFound("event", "pianos");
            }
        }
        if (input.get("location") instanceof Map<?, ?> location && location.get("locationType") == null) {
            return MutationPayload.rejected(
                    "event", "eventLocation", "Location type is not a valid type", "VALIDATION", reference);
        }
        return null;
    }

    private static Map<String, Object> fields(Map<String, Object> input) {
        var fields = new LinkedHashMap<String, Object>();
        EVENT_FIELDS.stream().filter(input::containsKey).forEach(field -> fields.put(field, input.get(field)));
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

    private void addServiceEntry(Map<String, Object> event, Map<String, Object> note) {
        var entry = addTimelineEntry(event, "SERVICE_ENTRY_MANUAL", note.get("pianoId"), note.get("notes"));
        records.edit(RecordCollection.TIMELINE, (String) entry.get("id"), Map.of("summary", "Service"));
    }

    private Map<String, Object> addTimelineEntry(
            Map<String, Object> event, String type, Object pianoId, Object comment) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("type", type);
        fields.put("clientId", event.get("clientId"));
        fields.put("pianoId", pianoId);
        fields.put("userId", event.get("userId"));
        fields.put("appointmentId", event.get("id"));
        fields.put("comment", comment);
        return records.create(RecordCollection.TIMELINE, fields);
    }

    private static String montrealDay(Map<String, Object> event) {
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

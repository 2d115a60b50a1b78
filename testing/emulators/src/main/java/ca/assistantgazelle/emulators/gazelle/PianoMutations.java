package ca.assistantgazelle.emulators.gazelle;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The mutations of pianos and their measurements. */
final class PianoMutations {
    private final EmulatedRecords records;

    PianoMutations(EmulatedRecords records) {
        this.records = records;
    }

    Map<String, Object> create(Map<String, Object> input) {
        if (records.find(RecordCollection.CLIENTS, (String) input.get("clientId")) == null) {
            return MutationPayload.notFound("piano", "clientId");
        }
        return MutationPayload.of("piano", records.create(RecordCollection.PIANOS, fields(input)));
    }

    /** Keeps fields missing in the input; the last manual service updates the calculated dates. */
    Map<String, Object> update(String id, Map<String, Object> input) {
        var before = records.find(RecordCollection.PIANOS, id);
        if (before == null) {
            return MutationPayload.notFound("piano", "id");
        }
        var changes = fields(input);
        var after = new HashMap<>(before);
        after.putAll(changes);
        changes.putAll(calculatedDates(after));
        return MutationPayload.of("piano", records.edit(RecordCollection.PIANOS, id, changes));
    }

    Map<String, Object> delete(String id) {
        return records.delete(RecordCollection.PIANOS, id)
                ? MutationPayload.of("isDeleted", true)
                : MutationPayload.notFound("isDeleted", "id");
    }

    /** Moves the history of the source piano to the target, then deletes the source. */
    Map<String, Object> merge(Map<String, Object> input) {
        var source = (String) input.get("sourcePianoId");
        var target = (String) input.get("targetPianoId");
        if (records.find(RecordCollection.PIANOS, source) == null
                || records.find(RecordCollection.PIANOS, target) == null) {
            return MutationPayload.notFound("piano", "sourcePianoId");
        }
        records.where(RecordCollection.TIMELINE, "pianoId", source)
                .forEach(entry ->
                        records.edit(RecordCollection.TIMELINE, (String) entry.get("id"), Map.of("pianoId", target)));
        records.delete(RecordCollection.PIANOS, source);
        return MutationPayload.of("piano", records.find(RecordCollection.PIANOS, target));
    }

    Map<String, Object> createMeasurement(Map<String, Object> input) {
        if (records.find(RecordCollection.PIANOS, (String) input.get("pianoId")) == null) {
            return MutationPayload.notFound("pianoMeasurement", "pianoId");
        }
        return MutationPayload.of("pianoMeasurement", addMeasurement(input));
    }

    /** Stores the measurement and its timeline entry, and reactivates the piano. */
    Map<String, Object> addMeasurement(Map<String, Object> input) {
        var fields = new LinkedHashMap<>(input);
        fields.remove("errorReferenceId");
        fields.putIfAbsent("takenOn", records.today().toString());
        var measurement = records.create(RecordCollection.MEASUREMENTS, fields);
        var pianoId = (String) input.get("pianoId");
        var entry = new LinkedHashMap<String, Object>();
        entry.put("type", "PIANO_MEASUREMENT");
        entry.put("clientId", records.find(RecordCollection.PIANOS, pianoId).get("clientId"));
        entry.put("pianoId", pianoId);
        entry.put(
                "summary", "Température %s°, humidité %s%%".formatted(input.get("temperature"), input.get("humidity")));
        records.create(RecordCollection.TIMELINE, entry);
        reactivate(pianoId);
        return measurement;
    }

    void reactivate(String id) {
        var piano = records.find(RecordCollection.PIANOS, id);
        if (piano != null && "INACTIVE".equals(piano.get("status"))) {
            records.edit(RecordCollection.PIANOS, id, Map.of("status", "ACTIVE"));
        }
    }

    /** Records a completed tuning; {@code day} is in the Montréal time zone. */
    void recordTuning(String id, String day) {
        var piano = records.find(RecordCollection.PIANOS, id);
        if (piano != null) {
            var after = new HashMap<>(piano);
            after.put("eventLastService", day);
            var changes = new HashMap<String, Object>(calculatedDates(after));
            changes.put("eventLastService", day);
            records.edit(RecordCollection.PIANOS, id, changes);
        }
    }

    private static Map<String, Object> fields(Map<String, Object> input) {
        var fields = new LinkedHashMap<>(input);
        fields.remove("errorReferenceId");
        return fields;
    }

    // The later of the two services, and the next one an interval after it.
    private static Map<String, Object> calculatedDates(Map<String, Object> piano) {
        var last = Stream.of(piano.get("manualLastService"), piano.get("eventLastService"))
                .filter(Objects::nonNull)
                .map(day -> LocalDate.parse((String) day))
                .max(LocalDate::compareTo);
        var calculated = new HashMap<String, Object>();
        calculated.put("calculatedLastService", last.map(LocalDate::toString).orElse(null));
        calculated.put(
                "calculatedNextService",
                piano.get("serviceIntervalMonths") instanceof Integer months
                        ? last.map(day -> day.plusMonths(months).toString()).orElse(null)
                        : null);
        return calculated;
    }
}

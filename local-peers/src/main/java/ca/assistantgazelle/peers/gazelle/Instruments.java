package ca.assistantgazelle.peers.gazelle;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Pianos and what is measured on them. Source: reference/gazelle.md §4 and §15. */
final class Instruments {
  private final Records records;

  Instruments(Records records) {
    this.records = records;
  }

  Map<String, Object> create(Map<String, Object> input) {
    if (records.find(Collection.CLIENTS, (String) input.get("clientId")) == null) {
      return Payload.notFound("piano", "clientId");
    }
    return Payload.of("piano", records.create(Collection.PIANOS, fields(input)));
  }

  /** What the input leaves out stays; the last manual service moves the calculated dates. */
  Map<String, Object> update(String id, Map<String, Object> input) {
    var before = records.find(Collection.PIANOS, id);
    if (before == null) {
      return Payload.notFound("piano", "id");
    }
    var changes = fields(input);
    var after = new HashMap<>(before);
    after.putAll(changes);
    changes.putAll(calculated(after));
    return Payload.of("piano", records.edit(Collection.PIANOS, id, changes));
  }

  Map<String, Object> delete(String id) {
    return records.delete(Collection.PIANOS, id)
        ? Payload.of("isDeleted", true)
        : Payload.notFound("isDeleted", "id");
  }

  /** The source disappears; its history goes to the target. */
  Map<String, Object> merge(Map<String, Object> input) {
    var source = (String) input.get("sourcePianoId");
    var target = (String) input.get("targetPianoId");
    if (records.find(Collection.PIANOS, source) == null
        || records.find(Collection.PIANOS, target) == null) {
      return Payload.notFound("piano", "sourcePianoId");
    }
    records
        .where(Collection.TIMELINE, "pianoId", source)
        .forEach(
            entry ->
                records.edit(
                    Collection.TIMELINE, (String) entry.get("id"), Map.of("pianoId", target)));
    records.delete(Collection.PIANOS, source);
    return Payload.of("piano", records.find(Collection.PIANOS, target));
  }

  Map<String, Object> createMeasurement(Map<String, Object> input) {
    if (records.find(Collection.PIANOS, (String) input.get("pianoId")) == null) {
      return Payload.notFound("pianoMeasurement", "pianoId");
    }
    return Payload.of("pianoMeasurement", measure(input));
  }

  /** Writes the measurement and its line in the timeline, and makes the piano an active one. */
  Map<String, Object> measure(Map<String, Object> input) {
    var fields = new LinkedHashMap<>(input);
    fields.remove("errorReferenceId");
    fields.putIfAbsent("takenOn", records.today().toString());
    var measurement = records.create(Collection.MEASUREMENTS, fields);
    var pianoId = (String) input.get("pianoId");
    var entry = new LinkedHashMap<String, Object>();
    entry.put("type", "PIANO_MEASUREMENT");
    entry.put("clientId", records.find(Collection.PIANOS, pianoId).get("clientId"));
    entry.put("pianoId", pianoId);
    entry.put(
        "summary",
        "Température %s°, humidité %s%%"
            .formatted(input.get("temperature"), input.get("humidity")));
    records.create(Collection.TIMELINE, entry);
    reactivate(pianoId);
    return measurement;
  }

  void reactivate(String id) {
    var piano = records.find(Collection.PIANOS, id);
    if (piano != null && "INACTIVE".equals(piano.get("status"))) {
      records.edit(Collection.PIANOS, id, Map.of("status", "ACTIVE"));
    }
  }

  /** A tuning of that Montréal day was completed. */
  void served(String id, String day) {
    var piano = records.find(Collection.PIANOS, id);
    if (piano != null) {
      var after = new HashMap<>(piano);
      after.put("eventLastService", day);
      var changes = new HashMap<String, Object>(calculated(after));
      changes.put("eventLastService", day);
      records.edit(Collection.PIANOS, id, changes);
    }
  }

  private static Map<String, Object> fields(Map<String, Object> input) {
    var fields = new LinkedHashMap<>(input);
    fields.remove("errorReferenceId");
    return fields;
  }

  // The later of the two services, and one interval after it.
  private static Map<String, Object> calculated(Map<String, Object> piano) {
    var last =
        Stream.of(piano.get("manualLastService"), piano.get("eventLastService"))
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

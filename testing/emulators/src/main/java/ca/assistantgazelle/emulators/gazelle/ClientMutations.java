package ca.assistantgazelle.emulators.gazelle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The mutations of clients, their contacts and their log. */
final class ClientMutations {
    private static final List<String> IGNORED_INPUT_FIELDS = List.of(
            "errorReferenceId",
            "contacts",
            "ignoreSafetyChecks",
            "removeFutureAppointments",
            "lifecycleId",
            "referralClientId",
            "localizationId");

    private final EmulatedRecords records;
    private final PianoMutations pianoMutations;

    ClientMutations(EmulatedRecords records, PianoMutations instruments) {
        this.records = records;
        this.pianoMutations = instruments;
    }

    /** @param id null = generated */
    Map<String, Object> create(Map<String, Object> input, String id) {
        for (var contact : list(input.get("contacts"))) {
            for (var location : list(contact.get("locations"))) {
                if (location.get("locationType") == null) {
                    return MutationPayload.blankField("client", "locationType", location.get("errorReferenceId"));
                }
            }
        }
        var fields = fields(input);
        if (id != null) {
            fields.put("id", id);
        }
        var client = records.create(RecordCollection.CLIENTS, fields);
        boolean first = true;
        for (var contact : list(input.get("contacts"))) {
            addContact((String) client.get("id"), contact, first);
            first = false;
        }
        return MutationPayload.of("client", client);
    }

    Map<String, Object> update(String id, Map<String, Object> input) {
        var changed = records.edit(RecordCollection.CLIENTS, id, fields(input));
        return changed == null ? MutationPayload.notFound("client", "id") : MutationPayload.of("client", changed);
    }

    Map<String, Object> delete(String id) {
        return records.delete(RecordCollection.CLIENTS, id)
                ? MutationPayload.of("isDeleted", true)
                : MutationPayload.notFound("isDeleted", "id");
    }

    /** Moves everything of the source client to the target, then deletes the source. */
    Map<String, Object> merge(Map<String, Object> input) {
        var source = (String) input.get("sourceClientId");
        var target = (String) input.get("targetClientId");
        if (records.find(RecordCollection.CLIENTS, source) == null
                || records.find(RecordCollection.CLIENTS, target) == null) {
            return MutationPayload.notFound("client", "sourceClientId");
        }
        list(input.get("pianoIdMapping")).forEach(pianoMutations::merge);
        for (var owned : List.of(
                RecordCollection.CONTACTS,
                RecordCollection.PIANOS,
                RecordCollection.EVENTS,
                RecordCollection.TIMELINE)) {
            for (var entry : records.where(owned, "clientId", source)) {
                var changes = new LinkedHashMap<String, Object>(Map.of("clientId", target));
                if (owned == RecordCollection.CONTACTS) {
                    changes.put("isDefault", false);
                    changes.put("isBillingDefault", false);
                }
                records.edit(owned, (String) entry.get("id"), changes);
            }
        }
        records.delete(RecordCollection.CLIENTS, source);
        return MutationPayload.of("client", records.find(RecordCollection.CLIENTS, target));
    }

    /** Adds a note; may be back-dated. */
    Map<String, Object> addLog(String clientId, String pianoId, Map<String, Object> input) {
        if (records.find(RecordCollection.CLIENTS, clientId) == null) {
            return MutationPayload.notFound("clientLog", "clientId");
        }
        var entry = new LinkedHashMap<String, Object>();
        entry.put("type", "USER_COMMENT");
        entry.put("clientId", clientId);
        entry.put("pianoId", pianoId);
        entry.put("comment", input.get("comment"));
        if (input.get("createdAt") != null) {
            entry.put("occurredAt", input.get("createdAt"));
        }
        var stored = records.create(RecordCollection.TIMELINE, entry);
        var log = new LinkedHashMap<String, Object>();
        log.put("id", stored.get("id"));
        log.put("comment", input.get("comment"));
        log.put("createdAt", stored.get("occurredAt"));
        log.put("automated", false);
        return MutationPayload.of("clientLog", log);
    }

    private void addContact(String clientId, Map<String, Object> input, boolean isFirst) {
        var contact = new LinkedHashMap<>(input);
        List.of("errorReferenceId", "emails", "phones", "locations").forEach(contact::remove);
        contact.put("clientId", clientId);
        contact.putIfAbsent("isDefault", isFirst);
        contact.putIfAbsent("isBillingDefault", isFirst);
        contact.put("defaultEmail", firstWithId(input.get("emails"), "eml_"));
        contact.put("defaultPhone", firstWithId(input.get("phones"), "phn_"));
        contact.put("defaultLocation", firstWithId(input.get("locations"), "loc_"));
        records.create(RecordCollection.CONTACTS, contact);
    }

    private Map<String, Object> firstWithId(Object inputs, String prefix) {
        var list = list(inputs);
        if (list.isEmpty()) {
            return null;
        }
        var first = new LinkedHashMap<>(list.getFirst());
        first.remove("errorReferenceId");
        first.put("id", prefix + Long.toHexString(records.version(RecordCollection.CONTACTS)));
        return first;
    }

    private static Map<String, Object> fields(Map<String, Object> input) {
        var fields = new LinkedHashMap<>(input);
        IGNORED_INPUT_FIELDS.forEach(fields::remove);
        return fields;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Object value) {
        return value == null ? List.of() : (List<Map<String, Object>>) value;
    }
}

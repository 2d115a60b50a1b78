package ca.assistantgazelle.emulators.gazelle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Default values that Gazelle sets on new records, for fields that its schema declares non-null. */
final class RecordDefaults {
    private static final Map<RecordCollection, Map<String, Object>> DEFAULTS = Map.of(
            RecordCollection.USERS,
            Map.of("firstName", "", "lastName", "", "email", "", "status", "ACTIVE", "timezone", "America/Montreal"),
            RecordCollection.GROUPS,
            Map.of("isArchived", false),
            RecordCollection.SERVICES,
            Map.of(
                    "name",
                    Map.of(),
                    "description",
                    Map.of(),
                    "educationDescription",
                    Map.of(),
                    "duration",
                    60,
                    "type",
                    "LABOR_FIXED_RATE",
                    "isArchived",
                    false),
            RecordCollection.CLIENTS,
            Map.of("status", "ACTIVE", "tags", List.of(), "locale", "fr_CA"),
            RecordCollection.CONTACTS,
            Map.of("archived", false),
            RecordCollection.PIANOS,
            Map.of("status", "ACTIVE", "tags", List.of()),
            RecordCollection.EVENTS,
            Map.of(
                    "type",
                    "APPOINTMENT",
                    "status",
                    "ACTIVE",
                    "isAllDay",
                    false,
                    "confirmedByClient",
                    false,
                    "pianos",
                    List.of()),
            RecordCollection.TIMELINE,
            Map.of("type", "USER_COMMENT"),
            RecordCollection.NOTICES,
            Map.of("status", "OPEN"));

    private RecordDefaults() {}

    static Map<String, Object> complete(RecordCollection collection, Map<String, Object> fields) {
        var complete = new LinkedHashMap<>(fields);
        DEFAULTS.getOrDefault(collection, Map.of()).forEach(complete::putIfAbsent);
        if (collection == RecordCollection.EVENTS && "MEMO".equals(complete.get("type"))) {
            complete.put("clientId", null);
        }
        return complete;
    }
}

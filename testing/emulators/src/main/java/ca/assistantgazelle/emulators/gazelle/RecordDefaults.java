package ca.assistantgazelle.emulators.gazelle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Default values that Gazelle sets on new records, for fields that its schema declares non-null.
 */
final class RecordDefaults {
    private RecordDefaults() {}

    static Map<String, Object> complete(RecordCollection collection, Map<String, Object> fields) {
        var complete = new LinkedHashMap<>(fields);
        switch (collection) {
            case USERS -> {
                complete.putIfAbsent("firstName", "");
                complete.putIfAbsent("lastName", "");
                complete.putIfAbsent("email", "");
                complete.putIfAbsent("status", "ACTIVE");
                complete.putIfAbsent("timezone", "America/Montreal");
            }
            case GROUPS -> complete.putIfAbsent("isArchived", false);
            case SERVICES -> {
                complete.putIfAbsent("name", Map.of());
                complete.putIfAbsent("description", Map.of());
                complete.putIfAbsent("educationDescription", Map.of());
                complete.putIfAbsent("duration", 60);
                complete.putIfAbsent("type", "LABOR_FIXED_RATE");
                complete.putIfAbsent("isArchived", false);
            }
            case CLIENTS -> {
                complete.putIfAbsent("status", "ACTIVE");
                complete.putIfAbsent("tags", List.of());
                complete.putIfAbsent("locale", "fr_CA");
            }
            case CONTACTS -> complete.putIfAbsent("archived", false);
            case PIANOS -> {
                complete.putIfAbsent("status", "ACTIVE");
                complete.putIfAbsent("tags", List.of());
            }
            case EVENTS -> {
                complete.putIfAbsent("type", "APPOINTMENT");
                complete.putIfAbsent("status", "ACTIVE");
                complete.putIfAbsent("isAllDay", false);
                complete.putIfAbsent("confirmedByClient", false);
                complete.putIfAbsent("pianos", List.of());
                if ("MEMO".equals(complete.get("type"))) {
                    complete.put("clientId", null);
                }
            }
            case TIMELINE -> complete.putIfAbsent("type", "USER_COMMENT");
            case NOTICES -> complete.putIfAbsent("status", "OPEN");
            case MEASUREMENTS -> {}
        }
        return complete;
    }
}

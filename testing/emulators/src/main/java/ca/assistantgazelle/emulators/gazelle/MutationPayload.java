package ca.assistantgazelle.emulators.gazelle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The payload of a mutation. Errors are returned with HTTP 200 and in French, the account's language. */
final class MutationPayload {
    private MutationPayload() {}

    /** @param field of the payload, for example {@code event} */
    static Map<String, Object> of(String field, Object value) {
        var payload = new LinkedHashMap<String, Object>();
        payload.put(field, value);
        payload.put("mutationErrors", List.of());
        return payload;
    }

    static Map<String, Object> blankField(String field, String fieldName, Object reference) {
        return rejected(field, fieldName, "doit être rempli(e)", "VALIDATION", reference);
    }

    static Map<String, Object> notFound(String field, String fieldName) {
        return rejected(field, fieldName, "est introuvable", "NOT_FOUND", null);
    }

    static Map<String, Object> rejected(String field, String fieldName, String message, String type, Object reference) {
        var error = new LinkedHashMap<String, Object>();
        error.put("fieldName", fieldName);
        error.put("key", null);
        error.put("messages", List.of(message));
        error.put("type", type);
        error.put("errorReferenceId", reference);
        var payload = new LinkedHashMap<String, Object>();
        payload.put(field, null);
        payload.put("mutationErrors", List.of(error));
        return payload;
    }
}

package ca.assistantgazelle.peers.gazelle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A mutation's answer. A refusal comes with HTTP 200 and in French, as the account's language is.
 * Source: reference/gazelle.md §2 and §5.4.
 */
final class Payload {
  private Payload() {}

  /**
   * @param field of the payload, for example {@code event}
   */
  static Map<String, Object> of(String field, Object value) {
    var payload = new LinkedHashMap<String, Object>();
    payload.put(field, value);
    payload.put("mutationErrors", List.of());
    return payload;
  }

  static Map<String, Object> blank(String field, String fieldName, Object reference) {
    return refused(field, fieldName, "doit être rempli(e)", "VALIDATION", reference);
  }

  static Map<String, Object> notFound(String field, String fieldName) {
    return refused(field, fieldName, "est introuvable", "NOT_FOUND", null);
  }

  static Map<String, Object> refused(
      String field, String fieldName, String message, String type, Object reference) {
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

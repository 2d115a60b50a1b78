package ca.assistantgazelle.sync.gazelle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Placeholder for a record that Gazelle lists but fails to return, so that it is quarantined with the reason instead of
 * being taken for missing.
 */
public final class UnreadableRecord {
    private static final String REASON = "gazelle-does-not-give-it";

    private UnreadableRecord() {}

    /** @param place position in Gazelle's list, the only available identification */
    static JsonNode atPosition(String place, String reason) {
        return node(reason).put("place", place);
    }

    /** For a null in place of a record, which the schema allows. */
    static JsonNode nullAt(String place) {
        return atPosition(place, "Gazelle returned null for this record");
    }

    /** For a record whose id is known. */
    public static JsonNode withId(String id, String reason) {
        return node(reason).put("id", id);
    }

    public static boolean isUnreadable(JsonNode record) {
        return record.has(REASON);
    }

    /** The reason; only for records that satisfy {@link #isUnreadable}. */
    public static String reason(JsonNode record) {
        return record.path(REASON).asText();
    }

    private static ObjectNode node(String reason) {
        return JsonNodeFactory.instance.objectNode().put(REASON, reason);
    }
}

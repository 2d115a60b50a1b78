package ca.assistantgazelle.gazelle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A record that Gazelle lists but does not give. Something stands where it would, so that it is set
 * aside with the reason instead of looking as if it were not there.
 */
public final class Unreadable {
  private static final String REASON = "gazelle-does-not-give-it";

  private Unreadable() {}

  /**
   * @param place where it stands in Gazelle's list, the only name there is for it
   */
  static JsonNode at(String place, String reason) {
    return node(reason).put("place", place);
  }

  /** What the schema allows a list to hold instead of a record. */
  static JsonNode nullAt(String place) {
    return at(place, "Gazelle lists it as null");
  }

  /** One whose id is known. */
  public static JsonNode of(String id, String reason) {
    return node(reason).put("id", id);
  }

  public static boolean is(JsonNode record) {
    return record.has(REASON);
  }

  /** Why; of {@link #is} only. */
  public static String reason(JsonNode record) {
    return record.path(REASON).asText();
  }

  private static ObjectNode node(String reason) {
    return JsonNodeFactory.instance.objectNode().put(REASON, reason);
  }
}

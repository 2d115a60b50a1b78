package ca.assistantgazelle.gazelle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * One page of a Relay connection.
 *
 * @param nodes without the nulls that the schema allows
 * @param total what Gazelle says there is in all
 * @param next cursor of the following page; null on the last one
 */
public record Page(List<JsonNode> nodes, int total, String next) {
  /**
   * A page of one of Gazelle's lists.
   *
   * @throws GazelleException when it is not there: nothing must never look like an empty list
   */
  public static Page whole(JsonNode connection) {
    if (!connection.path("nodes").isArray() || !connection.path("totalCount").isInt()) {
      throw GazelleException.noList();
    }
    return of(connection);
  }

  /** A list inside a record, where absent means empty. */
  public static Page of(JsonNode connection) {
    var nodes =
        StreamSupport.stream(connection.path("nodes").spliterator(), false)
            .filter(node -> !node.isNull())
            .toList();
    var info = connection.path("pageInfo");
    var next = info.path("hasNextPage").asBoolean() ? info.path("endCursor").asText(null) : null;
    return new Page(nodes, connection.path("totalCount").asInt(), next);
  }
}

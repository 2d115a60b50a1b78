package ca.assistantgazelle.gazelle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * One page of a Relay connection.
 *
 * @param nodes without the nulls that the schema allows
 * @param nulls how many of those there were; Gazelle's total counts them
 * @param total what Gazelle says there is in all
 * @param next cursor of the following page; null on the last one
 */
public record Page(List<JsonNode> nodes, int nulls, int total, String next) {
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
    var all = connection.path("nodes");
    var nodes =
        StreamSupport.stream(all.spliterator(), false).filter(node -> !node.isNull()).toList();
    var info = connection.path("pageInfo");
    var next = info.path("hasNextPage").asBoolean() ? info.path("endCursor").asText(null) : null;
    return new Page(nodes, all.size() - nodes.size(), connection.path("totalCount").asInt(), next);
  }

  /**
   * The cursor of the following page.
   *
   * @param cursor that this page was asked for with; null for the first one
   * @throws GazelleException when it does not move: it would be followed for ever
   */
  public String nextAfter(String cursor) {
    if (next != null && next.equals(cursor)) {
      throw GazelleException.noList();
    }
    return next;
  }

  /** A further page of a list inside a record. */
  public interface More {
    /** The list's connection, from that cursor on. */
    JsonNode after(String cursor) throws InterruptedException;
  }

  /**
   * Adds the rest of a list inside a record to its first page.
   *
   * @throws GazelleException when fewer come than Gazelle says there are: what is missing from a
   *     list must not look as if it had been removed
   */
  public static void complete(JsonNode connection, More more) throws InterruptedException {
    whole(connection);
    var all = (ArrayNode) connection.path("nodes");
    String cursor = null;
    var next = of(connection).next();
    while (next != null) {
      var page = more.after(next);
      if (!page.path("nodes").isArray()) {
        throw GazelleException.noList();
      }
      all.addAll((ArrayNode) page.path("nodes"));
      cursor = next;
      next = of(page).nextAfter(cursor);
    }
    if (all.size() < connection.path("totalCount").asInt()) {
      throw GazelleException.noList();
    }
  }
}

package ca.assistantgazelle.gazelle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One page of a Relay connection.
 *
 * @param nodes with {@link Unreadable} ones for the nulls that the schema allows
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
    var all = connection.path("nodes");
    var nodes = new ArrayList<JsonNode>();
    for (int i = 0; i < all.size(); i++) {
      nodes.add(all.get(i).isNull() ? Unreadable.nullAt(place(connection, i)) : all.get(i));
    }
    var info = connection.path("pageInfo");
    var next = info.path("hasNextPage").asBoolean() ? info.path("endCursor").asText(null) : null;
    return new Page(List.copyOf(nodes), connection.path("totalCount").asInt(), next);
  }

  /** Names a place in the list: that many on the page that ends there. */
  static String place(JsonNode connection, int index) {
    return connection.path("pageInfo").path("endCursor").asText("") + "/" + index;
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
    var paging = new Paging();
    var next = of(connection).next();
    while (next != null) {
      var page = more.after(next);
      if (!page.path("nodes").isArray()) {
        throw GazelleException.noList();
      }
      all.addAll((ArrayNode) page.path("nodes"));
      paging.read(page.path("nodes").size(), connection.path("totalCount").asInt());
      next = of(page).nextAfter(next);
    }
    if (all.size() < connection.path("totalCount").asInt()) {
      throw GazelleException.noList();
    }
  }
}

package ca.assistantgazelle.sync.gazelle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One page of a Relay connection.
 *
 * @param nodes the records; {@link UnreadableRecord} for the nulls that the schema allows
 * @param total Gazelle's total number of records
 * @param nextCursor cursor of the following page; null on the last one
 */
public record GazellePage(List<JsonNode> nodes, int total, String nextCursor) {
    /**
     * A page of a top-level list.
     *
     * @throws GazelleException if the list is missing, which must not look like an empty list
     */
    public static GazellePage ofList(JsonNode connection) {
        if (!connection.path("nodes").isArray()
                || !connection.path("totalCount").isInt()) {
            throw GazelleException.missingList();
        }
        return ofNestedList(connection);
    }

    /**
     * A page of a nested list, where absent means empty.
     *
     * @throws GazelleException if a further page is announced without its cursor
     */
    public static GazellePage ofNestedList(JsonNode connection) {
        var all = connection.path("nodes");
        var nodes = new ArrayList<JsonNode>();
        for (int i = 0; i < all.size(); i++) {
            nodes.add(all.get(i).isNull() ? UnreadableRecord.nullAt(position(connection, i)) : all.get(i));
        }
        var info = connection.path("pageInfo");
        var next = info.path("hasNextPage").asBoolean() ? info.path("endCursor").asText("") : null;
        if (next != null && next.isBlank()) {
            throw GazelleException.missingCursor();
        }
        return new GazellePage(List.copyOf(nodes), connection.path("totalCount").asInt(), next);
    }

    /** Identifies a position in the list by the page's end cursor and the index. */
    static String position(JsonNode connection, int index) {
        return connection.path("pageInfo").path("endCursor").asText("") + "/" + index;
    }

    /**
     * The cursor of the following page.
     *
     * @param cursor with which this page was requested; null for the first one
     * @throws GazelleException if it does not advance, which would be an endless loop
     */
    public String nextCursorAfter(String cursor) {
        if (nextCursor != null && nextCursor.equals(cursor)) {
            throw GazelleException.missingList();
        }
        return nextCursor;
    }

    /** Source of further pages of a nested list. */
    public interface NestedListSource {
        /** The list's connection, from that cursor on. */
        JsonNode pageAfter(String cursor) throws InterruptedException;
    }

    /**
     * Adds the remaining pages of a nested list to its first page.
     *
     * @throws GazelleException if fewer records are returned than Gazelle's total: missing ones must not look as if
     *     they had been removed
     */
    public static void fetchRemaining(JsonNode connection, NestedListSource more) throws InterruptedException {
        ofList(connection);
        var all = (ArrayNode) connection.path("nodes");
        var paging = new EndlessPagingGuard();
        var next = ofNestedList(connection).nextCursor();
        while (next != null) {
            var page = more.pageAfter(next);
            if (!page.path("nodes").isArray()) {
                throw GazelleException.missingList();
            }
            all.addAll((ArrayNode) page.path("nodes"));
            paging.read(page.path("nodes").size(), connection.path("totalCount").asInt());
            next = ofNestedList(page).nextCursorAfter(next);
        }
        if (all.size() < connection.path("totalCount").asInt()) {
            throw GazelleException.missingList();
        }
    }
}

package ca.assistantgazelle.sync.gazelle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The GraphQL query documents; each is a file followed by its fragments. A test validates them against Gazelle's
 * schema.
 */
public enum GraphQlQuery {
    USERS("allUsers", "users"),
    PRODUCTS("allMasterServiceItems", "products"),
    CLIENTS("allClients", "clients", "client", "contact"),
    CLIENT("client", "client", "client", "contact"),
    CLIENT_CONTACTS("client", "client-contacts", "contact"),
    PIANOS("allPianos", "pianos", "piano"),
    PIANO("piano", "piano", "piano"),
    EVENTS("allEventsBatched", "events", "event"),
    EVENT("event", "event", "event"),
    EVENT_PIANOS("event", "event-pianos"),
    TIMELINE("allTimelineEntries", "timeline", "entry"),
    CLIENT_TIMELINE("allTimelineEntries", "client-timeline", "entry");

    private final String rootField;
    private final String document;

    GraphQlQuery(String root, String file, String... fragments) {
        var text = new StringBuilder(read(file));
        for (var fragment : fragments) {
            text.append(read("fragments/" + fragment));
        }
        this.rootField = root;
        this.document = text.toString();
    }

    /** The field of the response's data that contains the result. */
    public String rootField() {
        return rootField;
    }

    /** The text of the GraphQL document. */
    public String document() {
        return document;
    }

    private static String read(String file) {
        try (var in = GraphQlQuery.class.getResourceAsStream("/gazelle/" + file + ".graphql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

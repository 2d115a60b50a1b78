package ca.assistantgazelle.gazelle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The query documents; each is a file followed by its fragments, and a test checks each against
 * Gazelle's schema.
 */
public enum Query {
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

  private final String root;
  private final String document;

  Query(String root, String file, String... fragments) {
    var text = new StringBuilder(read(file));
    for (var fragment : fragments) {
      text.append(read("fragments/" + fragment));
    }
    this.root = root;
    this.document = text.toString();
  }

  /** The field of the answer's data that holds what was asked for. */
  public String root() {
    return root;
  }

  /** The GraphQL text. */
  public String document() {
    return document;
  }

  private static String read(String file) {
    try (var in = Query.class.getResourceAsStream("/gazelle/" + file + ".graphql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

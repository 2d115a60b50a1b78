package ca.assistantgazelle.gazelle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The query documents; each is a file followed by its fragments, and a test checks each against
 * Gazelle's schema.
 */
public enum Query {
  USERS("users"),
  PRODUCTS("products"),
  CLIENTS("clients", "client", "contact"),
  CLIENT("client", "client", "contact"),
  CLIENT_CONTACTS("client-contacts", "contact"),
  CONTACT("contact", "contact"),
  PIANOS("pianos", "piano"),
  PIANO("piano", "piano"),
  EVENTS("events", "event"),
  EVENT("event", "event"),
  EVENT_PIANOS("event-pianos"),
  TIMELINE("timeline", "entry"),
  CLIENT_TIMELINE("client-timeline", "entry");

  private final String document;

  Query(String file, String... fragments) {
    var text = new StringBuilder(read(file));
    for (var fragment : fragments) {
      text.append(read("fragments/" + fragment));
    }
    this.document = text.toString();
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

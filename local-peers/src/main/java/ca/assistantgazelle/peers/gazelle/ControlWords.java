package ca.assistantgazelle.peers.gazelle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads what is sent to the control API; a word it does not know is refused by name. */
final class ControlWords {
  private static final Set<String> ORDER =
      Set.of("fault", "only", "after", "times", "seconds", "latency_millis");
  private static final int LONGEST_LATENCY_MILLIS = 60_000;

  private ControlWords() {}

  /**
   * One order, or an array of them: {@code {"fault": "too_many_requests", "only": "allPianos",
   * "after": 2, "times": 1, "seconds": 1}}. Without a fault, only the latency changes.
   */
  static List<Faults.Order> orders(JsonNode wanted) {
    var orders = new ArrayList<Faults.Order>();
    for (var one : wanted.isArray() ? wanted : List.of(wanted)) {
      requireKnown(one, ORDER);
      if (one.has("fault")) {
        orders.add(
            new Faults.Order(
                word(Fault.class, one.path("fault").asText()),
                one.path("only").asText(null),
                number(one, "after", 0),
                number(one, "times", 1),
                number(one, "seconds", 1)));
      }
    }
    return orders;
  }

  static Optional<Duration> latency(JsonNode wanted) {
    for (var one : wanted.isArray() ? wanted : List.of(wanted)) {
      if (one.has("latency_millis")) {
        int millis = number(one, "latency_millis", 0);
        if (millis > LONGEST_LATENCY_MILLIS) {
          throw new IllegalArgumentException("latency_millis is at most " + LONGEST_LATENCY_MILLIS);
        }
        return Optional.of(Duration.ofMillis(millis));
      }
    }
    return Optional.empty();
  }

  /** {@code {"cancelled_events": "hidden", "refresh_token": "dead", …}}; the rest stays. */
  static void apply(JsonNode wanted, Behaviour behaviour) {
    Map<String, Consumer<JsonNode>> words =
        Map.of(
            "cancelled_events", value -> behaviour.hideCancelled(choice(value, "shown", "hidden")),
            "update_event", value -> behaviour.updateReplaces(choice(value, "merges", "replaces")),
            "newest_client", value -> behaviour.hideNewestClient(choice(value, "listed", "hidden")),
            "token_life_seconds", value -> behaviour.tokenLife(Duration.ofSeconds(value.asLong())),
            "refresh_token",
                value -> behaviour.refreshToken(word(Behaviour.RefreshToken.class, value.asText())),
            "clock",
                value ->
                    behaviour.clockAt(
                        value.asText().equals("runs") ? null : instant(value.asText())));
    requireKnown(wanted, words.keySet());
    wanted.properties().forEach(word -> words.get(word.getKey()).accept(word.getValue()));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (java.time.DateTimeException e) {
      throw new IllegalArgumentException(
          "clock is an instant such as 2026-03-09T03:30:00Z, or runs", e);
    }
  }

  private static boolean choice(JsonNode value, String off, String on) {
    if (!value.asText().equals(off) && !value.asText().equals(on)) {
      throw new IllegalArgumentException(
          "'" + value.asText() + "' is neither " + off + " nor " + on);
    }
    return value.asText().equals(on);
  }

  private static <E extends Enum<E>> E word(Class<E> type, String word) {
    return Stream.of(type.getEnumConstants())
        .filter(value -> value.name().equals(word.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no '"
                        + word
                        + "'; there are "
                        + Stream.of(type.getEnumConstants())
                            .map(value -> value.name().toLowerCase(Locale.ROOT))
                            .toList()));
  }

  private static int number(JsonNode fields, String name, int otherwise) {
    var value = fields.path(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.canConvertToInt() || value.asInt() < 0) {
      throw new IllegalArgumentException(name + " is a whole number from 0");
    }
    return value.asInt();
  }

  private static void requireKnown(JsonNode fields, Set<String> known) {
    fields
        .properties()
        .forEach(
            field -> {
              if (!known.contains(field.getKey())) {
                throw new IllegalArgumentException(
                    "there is no '" + field.getKey() + "' here; there are " + known);
              }
            });
  }
}

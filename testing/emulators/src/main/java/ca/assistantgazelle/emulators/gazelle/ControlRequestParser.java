package ca.assistantgazelle.emulators.gazelle;

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

/** Parses requests to the control API; unknown fields and values are rejected by name. */
final class ControlRequestParser {
    private static final Set<String> FAULT_KEYS =
            Set.of("fault", "only", "after", "times", "seconds", "latency_millis");
    private static final int MAX_LATENCY_MILLIS = 60_000;

    private ControlRequestParser() {}

    /**
     * One fault rule, or an array of them: {@code {"fault": "too_many_requests", "only": "allPianos", "after": 2,
     * "times": 1, "seconds": 1}}. Without a fault, only the latency changes.
     */
    static List<GazelleFaults.GazelleFaultRule> parseFaults(JsonNode wanted) {
        var orders = new ArrayList<GazelleFaults.GazelleFaultRule>();
        for (var one : wanted.isArray() ? wanted : List.of(wanted)) {
            requireKnown(one, FAULT_KEYS);
            if (one.has("fault")) {
                orders.add(new GazelleFaults.GazelleFaultRule(
                        parseEnum(GazelleFault.class, one.path("fault").asText()),
                        one.path("only").asText(null),
                        parseNumber(one, "after", 0),
                        parseNumber(one, "times", 1),
                        parseNumber(one, "seconds", 1)));
            }
        }
        return orders;
    }

    static Optional<Duration> parseLatency(JsonNode wanted) {
        for (var one : wanted.isArray() ? wanted : List.of(wanted)) {
            if (one.has("latency_millis")) {
                int millis = parseNumber(one, "latency_millis", 0);
                if (millis > MAX_LATENCY_MILLIS) {
                    throw new IllegalArgumentException("latency_millis must be at most " + MAX_LATENCY_MILLIS);
                }
                return Optional.of(Duration.ofMillis(millis));
            }
        }
        return Optional.empty();
    }

    /** {@code {"cancelled_events": "hidden", "refresh_token": "dead", …}}; the rest is unchanged. */
    static void applyBehaviour(JsonNode wanted, EmulatorBehaviour behaviour) {
        Map<String, Consumer<JsonNode>> words = Map.of(
                "cancelled_events", value -> behaviour.hideCancelled(parseChoice(value, "shown", "hidden")),
                "update_event", value -> behaviour.updateReplaces(parseChoice(value, "merges", "replaces")),
                "newest_client", value -> behaviour.hideNewestClient(parseChoice(value, "listed", "hidden")),
                "token_life_seconds", value -> behaviour.tokenLifetime(Duration.ofSeconds(value.asLong())),
                "refresh_token",
                        value -> behaviour.refreshToken(
                                parseEnum(EmulatorBehaviour.RefreshTokenMode.class, value.asText())),
                "clock",
                        value -> behaviour.setClock(
                                value.asText().equals("runs") ? null : parseInstant(value.asText())));
        requireKnown(wanted, words.keySet());
        wanted.properties().forEach(word -> words.get(word.getKey()).accept(word.getValue()));
    }

    private static Instant parseInstant(String text) {
        try {
            return Instant.parse(text);
        } catch (java.time.DateTimeException e) {
            throw new IllegalArgumentException("clock must be an instant such as 2026-03-09T03:30:00Z, or 'runs'", e);
        }
    }

    private static boolean parseChoice(JsonNode value, String off, String on) {
        if (!value.asText().equals(off) && !value.asText().equals(on)) {
            throw new IllegalArgumentException(
                    "'" + value.asText() + "' is not supported. Supported: " + off + ", " + on);
        }
        return value.asText().equals(on);
    }

    private static <E extends Enum<E>> E parseEnum(Class<E> type, String word) {
        return Stream.of(type.getEnumConstants())
                .filter(value -> value.name().equals(word.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown value '"
                        + word
                        + "'. Supported: "
                        + Stream.of(type.getEnumConstants())
                                .map(value -> value.name().toLowerCase(Locale.ROOT))
                                .toList()));
    }

    private static int parseNumber(JsonNode fields, String name, int otherwise) {
        var value = fields.path(name);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.canConvertToInt() || value.asInt() < 0) {
            throw new IllegalArgumentException(name + " must be an integer ≥ 0");
        }
        return value.asInt();
    }

    private static void requireKnown(JsonNode fields, Set<String> known) {
        fields.properties().forEach(field -> {
            if (!known.contains(field.getKey())) {
                throw new IllegalArgumentException("Unknown field '" + field.getKey() + "'. Supported: " + known);
            }
        });
    }
}

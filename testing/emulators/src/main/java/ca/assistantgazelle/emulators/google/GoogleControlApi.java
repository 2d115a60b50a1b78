package ca.assistantgazelle.emulators.google;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * The control API of the Google emulator. {@code PUT /control/faults} accepts
 *
 * <pre>
 * {"latency_ms": 100, "writes_per_minute": 60,
 *  "faults": [{"fault": "too_many_requests", "only": "batchUpdate", "skip": 2, "times": 3}]}
 * </pre>
 */
final class GoogleControlApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> KEYS = Set.of("latency_ms", "writes_per_minute", "faults");
    private static final Set<String> FAULT_KEYS = Set.of("fault", "only", "skip", "times");

    private final GoogleEmulator emulator;

    GoogleControlApi(GoogleEmulator emulator) {
        this.emulator = emulator;
    }

    void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                var answer = answer(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().getPath(),
                        GoogleEmulator.readBody(exchange));
                GoogleEmulator.send(
                        exchange,
                        answer == null ? 404 : 200,
                        answer == null ? GoogleErrorException.notFound().body() : answer);
            } catch (JsonProcessingException | IllegalArgumentException e) {
                GoogleEmulator.send(
                        exchange, 400, JsonNodeFactory.instance.objectNode().put("error", e.getMessage()));
            }
        }
    }

    private JsonNode answer(String method, String path, byte[] body) throws IOException {
        return switch (method + " " + path) {
            case "GET /control/service-account" -> JSON.readTree(emulator.keyFile());
            case "GET /control/calls" -> JSON.valueToTree(emulator.calls());
            case "DELETE /control/faults" -> {
                emulator.faults().clear();
                yield JSON.createObjectNode();
            }
            case "PUT /control/faults" -> {
                var wanted = JSON.readTree(body);
                apply(wanted);
                yield wanted;
            }
            default -> null;
        };
    }

    private void apply(JsonNode wanted) {
        requireKnown(wanted, KEYS);
        for (var order : wanted.path("faults")) {
            requireKnown(order, FAULT_KEYS);
        }
        var faults = emulator.faults();
        faults.clear();
        faults.setLatency(Duration.ofMillis(wanted.path("latency_ms").asLong(0)));
        faults.setWritesPerMinute(wanted.path("writes_per_minute").asInt(Integer.MAX_VALUE));
        for (var order : wanted.path("faults")) {
            faults.inject(
                    GoogleFault.valueOf(order.path("fault").asText().toUpperCase(Locale.ROOT)),
                    order.path("only").asText(null),
                    order.path("skip").asInt(0),
                    order.path("times").asInt(1));
        }
    }

    private static void requireKnown(JsonNode object, Set<String> known) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("Unknown field '" + name + "'. Supported: " + known);
            }
        });
    }
}

package ca.assistantgazelle.emulators.gazelle;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import graphql.ExecutionInput;
import graphql.GraphQL;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Emulates Gazelle's private GraphQL API: same schema, authentication and errors. */
public final class GazelleEmulator implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SILENT_DURATION = Duration.ofMinutes(1);
    private static final Duration DRIP_INTERVAL = Duration.ofMillis(100);
    private static final int MAX_BODY_BYTES = 1 << 20;

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final EmulatedRecords records;
    private final GazelleFaults faults = new GazelleFaults();
    private final EmulatorBehaviour behaviour;
    private final GazelleOAuthServer oauth;
    private final GraphQL graphql;
    private final String apiKey;
    private final AtomicLong requests = new AtomicLong();

    private GazelleEmulator(HttpServer http, EmulatedRecords records, String apiKey) {
        this.http = http;
        this.records = records;
        this.apiKey = apiKey;
        this.behaviour = new EmulatorBehaviour(records.clock());
        records.useClock(behaviour.clock());
        this.oauth = new GazelleOAuthServer(behaviour);
        this.graphql = GazelleGraphQlSchema.create(records, behaviour);
    }

    /**
     * @param port on the loopback interface; 0 = any
     * @param apiKey accepted in {@code x-gazelle-api-key} if there is no {@code Authorization}
     */
    public static GazelleEmulator start(int port, EmulatedRecords records, String apiKey) {
        try {
            var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            var emulator = new GazelleEmulator(http, records, apiKey);
            http.setExecutor(emulator.threads);
            http.createContext("/graphql/private", emulator::graphql);
            http.createContext("/developer/oauth/authorize", emulator.oauth::handleAuthorize);
            http.createContext("/developer/oauth/token", emulator.oauth::handleToken);
            http.createContext("/control/", new EmulatorControlApi(emulator)::handle);
            http.start();
            return emulator;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Failed to start the Gazelle emulator on port " + port + ": " + e.getMessage(), e);
        }
    }

    /** The GraphQL endpoint's full URL. */
    public String url() {
        return address() + "/graphql/private/";
    }

    private String address() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    public EmulatedRecords records() {
        return records;
    }

    public GazelleFaults faults() {
        return faults;
    }

    public EmulatorBehaviour behaviour() {
        return behaviour;
    }

    public GazelleOAuthServer oauth() {
        return oauth;
    }

    /** The token endpoint's full URL. */
    public String tokenUrl() {
        return address() + "/developer/oauth/token";
    }

    /** The authorisation endpoint's full URL. */
    String authorizeUrl() {
        return address() + "/developer/oauth/authorize";
    }

    /** Number of GraphQL requests received since the start. */
    public long requests() {
        return requests.get();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    private void graphql(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            var body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES);
            LockSupport.parkNanos(faults.latency().toNanos());
            var order = faults.nextDue(new String(body, StandardCharsets.UTF_8)).orElse(null);
            var fault = order == null ? null : order.fault();
            if (fault == GazelleFault.SILENT) {
                LockSupport.parkNanos(SILENT_DURATION.toNanos());
            } else if (fault == GazelleFault.UNAUTHORIZED || !isAuthenticated(exchange)) {
                sendText(exchange, 401, "text/plain", "HTTP Token: Access denied.\n");
            } else if (fault == GazelleFault.TOO_MANY_REQUESTS) {
                exchange.getResponseHeaders().set("Retry-After", Integer.toString(order.seconds()));
                sendText(exchange, 429, "text/plain", "Retry later\n");
            } else if (fault == GazelleFault.SERVER_ERROR) {
                sendText(exchange, 500, "text/html", "<html>We're sorry, but something went wrong.</html>");
            } else if (fault == GazelleFault.BAD_GATEWAY) {
                sendText(exchange, 502, "text/html", "<html>502 Bad Gateway</html>");
            } else {
                if (fault == GazelleFault.SLOW) {
                    LockSupport.parkNanos(Duration.ofSeconds(order.seconds()).toNanos());
                }
                answer(exchange, body, fault);
            }
        }
    }

    private static void sendText(HttpExchange exchange, int status, String type, String text) throws IOException {
        EmulatorResponses.send(exchange, status, type, text.getBytes(StandardCharsets.UTF_8));
    }

    private void answer(HttpExchange exchange, byte[] body, GazelleFault fault) throws IOException {
        var result = execute(body, fault != null && fault.affectsData() ? fault : null);
        switch (fault) {
            case PARTIAL_WITH_ERRORS ->
                result.put("errors", List.of(Map.of("message", "undefined method 'id' for nil")));
            case SERVER_BUG -> {
                result.remove("data");
                result.put("errors", List.of(Map.of("message", "undefined method 'id' for nil")));
            }
            case NULL_RECORD -> result.computeIfPresent("data", (key, data) -> ResponseCorruptor.nullRecord(data));
            case CIRCLING_PAGES ->
                result.computeIfPresent("data", (key, data) -> ResponseCorruptor.circlingPages(data));
            case UNKNOWN_ENUM -> result.computeIfPresent("data", (key, data) -> ResponseCorruptor.unknownEnum(data));
            case UNKNOWN_FIELDS ->
                result.computeIfPresent("data", (key, data) -> ResponseCorruptor.unknownFields(data));
            case null, default -> {}
        }
        var json = JSON.writeValueAsBytes(result);
        switch (fault) {
            case TRUNCATED ->
                EmulatorResponses.send(exchange, 200, "application/json", Arrays.copyOf(json, json.length / 2));
            case DISCONNECTED -> EmulatorResponses.disconnectMidway(exchange, json);
            case DRIPPING -> EmulatorResponses.sendByteByByte(exchange, json, DRIP_INTERVAL);
            case null, default -> EmulatorResponses.send(exchange, 200, "application/json", json);
        }
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> execute(byte[] body, GazelleFault fault) throws IOException {
        Map<String, Object> asked = JSON.readValue(body, Map.class);
        var input = ExecutionInput.newExecutionInput((String) asked.get("query"));
        if (asked.get("variables") instanceof Map<?, ?> variables) {
            input.variables((Map<String, Object>) variables);
        }
        if (fault != null) {
            input.graphQLContext(Map.of(GazelleGraphQlSchema.FAULT_KEY, fault));
        }
        var result = graphql.execute(input.build());
        var answer = new LinkedHashMap<String, Object>();
        if (result.isDataPresent()) {
            answer.put("data", result.getData());
        }
        if (!result.getErrors().isEmpty()) {
            answer.put(
                    "errors",
                    result.getErrors().stream().map(GraphQlRubyErrors::of).toList());
        }
        return answer;
    }

    private boolean isAuthenticated(HttpExchange exchange) {
        var bearer = exchange.getRequestHeaders().getFirst("Authorization");
        return bearer == null
                ? apiKey.equals(exchange.getRequestHeaders().getFirst("x-gazelle-api-key"))
                : bearer.startsWith("Bearer ") && oauth.accepts(bearer.substring("Bearer ".length()));
    }
}

package ca.assistantgazelle.emulators.sendgrid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * SendGrid's v3 API on this machine, limited to sending messages. Responses are configured with {@link #respondWith}.
 */
public final class SendGridEmulator implements AutoCloseable {
    /** The message is stored, then the connection is closed without a response. */
    public static final int DROP_CONNECTION = -1;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_BODY_BYTES = 30 << 20;

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Integer> pendingStatuses = new ConcurrentLinkedQueue<>();
    private final String apiKey;

    private SendGridEmulator(HttpServer http, String apiKey) {
        this.http = http;
        this.apiKey = apiKey;
    }

    /** @param port on the loopback interface; 0 = any */
    public static SendGridEmulator start(int port, String apiKey) {
        try {
            var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            var emulator = new SendGridEmulator(http, apiKey);
            http.setExecutor(emulator.threads);
            http.createContext("/v3/mail/send", emulator::send);
            http.createContext("/v3/scopes", emulator::scopes);
            http.start();
            return emulator;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Failed to start the SendGrid emulator on port " + port + ": " + e.getMessage(), e);
        }
    }

    /** The value for SENDGRID_API_URL. */
    public String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** The request bodies of accepted messages, oldest first. */
    public List<JsonNode> messages() {
        return List.copyOf(messages);
    }

    /** Sets the statuses of the next calls, one each; later calls are answered with 202. */
    public void respondWith(int... statuses) {
        for (int status : statuses) {
            pendingStatuses.add(status);
        }
    }

    public void clear() {
        messages.clear();
        pendingStatuses.clear();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    private void send(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES);
            if (!isAuthorized(exchange)) {
                sendError(exchange, 401, "The provided authorization grant is invalid, expired, or revoked");
                return;
            }
            var wanted = pendingStatuses.poll();
            if (wanted != null && wanted != DROP_CONNECTION && wanted != 202) {
                sendError(exchange, wanted, "simulated error");
                return;
            }
            messages.add(JSON.readTree(body));
            if (wanted == null || wanted == 202) {
                exchange.getResponseHeaders().set("X-Message-Id", "sg-" + messages.size());
                exchange.sendResponseHeaders(202, -1);
            }
        }
    }

    private void scopes(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (isAuthorized(exchange)) {
                sendJson(exchange, 200, "{\"scopes\":[\"mail.send\"]}");
            } else {
                sendError(exchange, 401, "authorization required");
            }
        }
    }

    private boolean isAuthorized(HttpExchange exchange) {
        return ("Bearer " + apiKey).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private static void sendError(HttpExchange exchange, int status, String message) throws IOException {
        var body = JSON.createObjectNode();
        body.putArray("errors").addObject().put("message", message);
        sendJson(exchange, status, body.toString());
    }

    private static void sendJson(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}

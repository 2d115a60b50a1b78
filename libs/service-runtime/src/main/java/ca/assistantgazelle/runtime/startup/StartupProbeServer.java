package ca.assistantgazelle.runtime.startup;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Answers the health probes on the service's port while it waits for its database or broker, before Quarkus opens that
 * port: started and alive, but not ready. Without an answer an orchestrator would restart the process again and again.
 * Everything else is answered with 503.
 */
final class StartupProbeServer implements AutoCloseable {
    private static final Set<String> UP = Set.of("/q/health/live", "/q/health/started");
    private static final String RETRY_AFTER_SECONDS = "5";

    private final HttpServer server;

    private StartupProbeServer(HttpServer server) {
        this.server = server;
    }

    /**
     * @param port 0 = any free port
     * @throws UncheckedIOException if the port is taken
     */
    static StartupProbeServer start(String host, int port) {
        try {
            var server = HttpServer.create(new InetSocketAddress(host, port), 0);
            server.createContext("/", StartupProbeServer::answer);
            server.start();
            return new StartupProbeServer(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean up = UP.contains(exchange.getRequestURI().getPath());
            var body = """
                    {"status":"%s","checks":[{"name":"initialization","status":"%s"}]}
                    """.formatted(up ? "UP" : "DOWN", up ? "UP" : "DOWN")
                    .strip()
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Connection", "close");
            if (!up) {
                exchange.getResponseHeaders().set("Retry-After", RETRY_AFTER_SECONDS);
            }
            exchange.sendResponseHeaders(up ? 200 : 503, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

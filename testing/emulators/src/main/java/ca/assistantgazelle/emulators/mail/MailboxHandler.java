package ca.assistantgazelle.emulators.mail;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;

/** Serves the web page and the HTTP API of a {@link MailServer}. */
final class MailboxHandler {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_BODY_BYTES = 1 << 16;

    private final MailServer server;

    MailboxHandler(MailServer server) {
        this.server = server;
    }

    void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var call = exchange.getRequestMethod() + " " + path.replaceAll("/\\d+", "/{id}");
            switch (call) {
                case "GET /" -> send(exchange, 200, "text/html", renderPage());
                case "GET /api/messages" -> send(exchange, 200, "application/json", listMessages());
                case "GET /api/messages/{id}", "GET /api/messages/{id}/raw" -> sendMessage(exchange, path);
                case "DELETE /api/messages" -> {
                    server.clear();
                    send(exchange, 200, "application/json", "[]");
                }
                case "PUT /control/faults" -> setFaults(exchange);
                case "DELETE /control/faults" -> {
                    server.faults().clear();
                    send(exchange, 200, "application/json", "{}");
                }
                default -> send(exchange, 404, "application/json", "{\"error\": \"not found\"}");
            }
        }
    }

    private void setFaults(HttpExchange exchange) throws IOException {
        try {
            var wanted = JSON.readTree(exchange.getRequestBody().readNBytes(MAX_BODY_BYTES));
            server.faults().clear();
            for (var order : wanted.path("faults")) {
                server.faults()
                        .inject(
                                MailFault.valueOf(order.path("fault").asText().toUpperCase(Locale.ROOT)),
                                order.path("only").asText(null),
                                order.path("times").asInt(1));
            }
            send(exchange, 200, "application/json", wanted.toString());
        } catch (IllegalArgumentException e) {
            send(
                    exchange,
                    400,
                    "application/json",
                    JSON.createObjectNode().put("error", e.getMessage()).toString());
        }
    }

    private void sendMessage(HttpExchange exchange, String path) throws IOException {
        long id = Long.parseLong(path.split("/")[3]);
        var found = server.messages().stream().filter(mail -> mail.id() == id).findFirst();
        if (found.isEmpty()) {
            send(exchange, 404, "application/json", "{\"error\": \"not found\"}");
        } else if (path.endsWith("/raw")) {
            exchange.getResponseHeaders().set("Content-Type", "message/rfc822");
            var bytes = found.get().source().getBytes(StandardCharsets.ISO_8859_1);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        } else {
            send(exchange, 200, "application/json", toJson(found.get()).toString());
        }
    }

    private String listMessages() {
        var list = JSON.createArrayNode();
        server.messages().reversed().forEach(mail -> list.add(toJson(mail)));
        return list.toString();
    }

    private static ObjectNode toJson(ReceivedMail mail) {
        var json = JSON.createObjectNode()
                .put("id", mail.id())
                .put("from", mail.from())
                .put("subject", mail.header("Subject"))
                .put("message_id", mail.header("Message-ID"))
                .put("received_at", mail.receivedAt().toString())
                .put("text", mail.text())
                .put("html", mail.html());
        var to = json.putArray("to");
        mail.recipients().forEach(to::add);
        return json;
    }

    // The iframe sandbox keeps scripts in a message from running.
    private String renderPage() {
        var messages = server.messages().reversed().stream()
                .map(mail ->
                        "<details><summary><b>%s</b><span>%s</span><time>%s</time></summary><iframe sandbox srcdoc=\"%s\"></iframe><pre>%s</pre></details>"
                                .formatted(
                                        escaped(mail.header("Subject")),
                                        escaped(String.join(", ", mail.recipients())),
                                        mail.receivedAt(),
                                        escaped(mail.html()),
                                        escaped(mail.text())))
                .collect(Collectors.joining("\n"));
        try (var in = MailboxHandler.class.getResourceAsStream("/mail/page.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{messages}", messages.isEmpty() ? "<p>Aucun message pour l'instant.</p>" : messages);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}

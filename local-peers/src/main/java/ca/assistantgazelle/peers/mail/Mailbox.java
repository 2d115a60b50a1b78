package ca.assistantgazelle.peers.mail;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;

/** Shows the messages of a {@link MailServer}. */
final class Mailbox {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST_BODY = 1 << 16;

  private final MailServer server;

  Mailbox(MailServer server) {
    this.server = server;
  }

  void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      var call = exchange.getRequestMethod() + " " + path.replaceAll("/\\d+", "/{id}");
      switch (call) {
        case "GET /" -> send(exchange, 200, "text/html", page());
        case "GET /api/messages" -> send(exchange, 200, "application/json", list());
        case "GET /api/messages/{id}", "GET /api/messages/{id}/raw" -> one(exchange, path);
        case "DELETE /api/messages" -> {
          server.empty();
          send(exchange, 200, "application/json", "[]");
        }
        case "PUT /control/faults" -> faults(exchange);
        case "DELETE /control/faults" -> {
          server.faults().clear();
          send(exchange, 200, "application/json", "{}");
        }
        default -> send(exchange, 404, "application/json", "{\"error\": \"not found\"}");
      }
    }
  }

  private void faults(HttpExchange exchange) throws IOException {
    try {
      var wanted = JSON.readTree(exchange.getRequestBody().readNBytes(LARGEST_BODY));
      server.faults().clear();
      for (var order : wanted.path("faults")) {
        server
            .faults()
            .order(
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

  private void one(HttpExchange exchange, String path) throws IOException {
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
      send(exchange, 200, "application/json", json(found.get()).toString());
    }
  }

  private String list() {
    var list = JSON.createArrayNode();
    server.messages().reversed().forEach(mail -> list.add(json(mail)));
    return list.toString();
  }

  private static ObjectNode json(ReceivedMail mail) {
    var json =
        JSON.createObjectNode()
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

  // What a message brings along runs nothing here.
  private String page() {
    var messages =
        server.messages().reversed().stream()
            .map(
                mail ->
                    "<details><summary><b>%s</b><span>%s</span><time>%s</time></summary><iframe sandbox srcdoc=\"%s\"></iframe><pre>%s</pre></details>"
                        .formatted(
                            escaped(mail.header("Subject")),
                            escaped(String.join(", ", mail.recipients())),
                            mail.receivedAt(),
                            escaped(mail.html()),
                            escaped(mail.text())))
            .collect(Collectors.joining("\n"));
    try (var in = Mailbox.class.getResourceAsStream("/mail/page.html")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace(
              "{messages}", messages.isEmpty() ? "<p>Aucun message pour l'instant.</p>" : messages);
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

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}

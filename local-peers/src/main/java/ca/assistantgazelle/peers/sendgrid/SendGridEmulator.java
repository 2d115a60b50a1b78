package ca.assistantgazelle.peers.sendgrid;

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
 * SendGrid's v3 API on this machine, as far as sending a message needs it. Answers are switched by
 * {@link #answerWith}.
 */
public final class SendGridEmulator implements AutoCloseable {
  /** The line breaks after the message was taken. */
  public static final int LOST_ANSWER = -1;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST_BODY = 30 << 20;

  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();
  private final String apiKey;

  private SendGridEmulator(HttpServer http, String apiKey) {
    this.http = http;
    this.apiKey = apiKey;
  }

  /**
   * @param port on the loopback interface; 0 = any
   */
  public static SendGridEmulator start(int port, String apiKey) {
    try {
      var http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      var emulator = new SendGridEmulator(http, apiKey);
      http.setExecutor(emulator.threads);
      http.createContext("/v3/mail/send", emulator::send);
      http.createContext("/v3/scopes", emulator::scopes);
      http.start();
      return emulator;
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port + ": " + e.getMessage(), e);
    }
  }

  /** What SENDGRID_API_URL holds. */
  public String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** The bodies of the messages that were taken, oldest first. */
  public List<JsonNode> messages() {
    return List.copyOf(messages);
  }

  /** The next calls are answered so, each once; then 202 again. */
  public void answerWith(int... statuses) {
    for (int status : statuses) {
      answers.add(status);
    }
  }

  public void empty() {
    messages.clear();
    answers.clear();
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }

  private void send(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readNBytes(LARGEST_BODY);
      if (!isAuthorized(exchange)) {
        refuse(exchange, 401, "The provided authorization grant is invalid, expired, or revoked");
        return;
      }
      var wanted = answers.poll();
      if (wanted != null && wanted != LOST_ANSWER && wanted != 202) {
        refuse(exchange, wanted, "as ordered");
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
        answer(exchange, 200, "{\"scopes\":[\"mail.send\"]}");
      } else {
        refuse(exchange, 401, "authorization required");
      }
    }
  }

  private boolean isAuthorized(HttpExchange exchange) {
    return ("Bearer " + apiKey).equals(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private static void refuse(HttpExchange exchange, int status, String message) throws IOException {
    var body = JSON.createObjectNode();
    body.putArray("errors").addObject().put("message", message);
    answer(exchange, status, body.toString());
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}

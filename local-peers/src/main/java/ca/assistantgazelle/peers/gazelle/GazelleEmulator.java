package ca.assistantgazelle.peers.gazelle;

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

/**
 * Gazelle's private GraphQL API on this machine: same schema, same ways to authenticate, same
 * errors.
 */
public final class GazelleEmulator implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SILENCE = Duration.ofMinutes(1);
  private static final int LARGEST_BODY = 1 << 20;

  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Records records;
  private final Faults faults = new Faults();
  private final GraphQL graphql;
  private final String apiKey;
  private final AtomicLong requests = new AtomicLong();

  private GazelleEmulator(HttpServer http, Records records, String apiKey) {
    this.http = http;
    this.records = records;
    this.apiKey = apiKey;
    this.graphql = GazelleSchema.over(records);
  }

  /**
   * @param port on the loopback interface; 0 = any
   * @param apiKey accepted in {@code x-gazelle-api-key}, and as a bearer token
   */
  public static GazelleEmulator start(int port, Records records, String apiKey) {
    try {
      var http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      var emulator = new GazelleEmulator(http, records, apiKey);
      http.setExecutor(emulator.threads);
      http.createContext("/graphql/private", emulator::graphql);
      http.createContext("/control/", new Control(records, emulator.faults)::handle);
      http.start();
      return emulator;
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port + ": " + e.getMessage(), e);
    }
  }

  /** The GraphQL endpoint's full URL. */
  public String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort() + "/graphql/private/";
  }

  public Records records() {
    return records;
  }

  public Faults faults() {
    return faults;
  }

  /** GraphQL requests received since the start. */
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
      var body = exchange.getRequestBody().readNBytes(LARGEST_BODY);
      LockSupport.parkNanos(faults.latency().toNanos());
      var fault = faults.next().orElse(null);
      if (fault == Fault.SILENT) {
        LockSupport.parkNanos(SILENCE.toNanos());
      } else if (fault == Fault.UNAUTHORIZED || !authenticated(exchange)) {
        Answers.send(
            exchange,
            401,
            "text/plain",
            "HTTP Token: Access denied.\n".getBytes(StandardCharsets.UTF_8));
      } else if (fault == Fault.BAD_GATEWAY) {
        Answers.send(
            exchange,
            502,
            "text/html",
            "<html>502 Bad Gateway</html>".getBytes(StandardCharsets.UTF_8));
      } else {
        answer(exchange, body, fault);
      }
    }
  }

  private void answer(HttpExchange exchange, byte[] body, Fault fault) throws IOException {
    var result = execute(body);
    if (fault == Fault.PARTIAL_WITH_ERRORS) {
      result.put("errors", List.of(Map.of("message", "undefined method 'id' for nil")));
    }
    var json = JSON.writeValueAsBytes(result);
    switch (fault) {
      case TRUNCATED ->
          Answers.send(exchange, 200, "application/json", Arrays.copyOf(json, json.length / 2));
      case DISCONNECTED -> Answers.breakOff(exchange, json);
      case null, default -> Answers.send(exchange, 200, "application/json", json);
    }
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> execute(byte[] body) throws IOException {
    Map<String, Object> asked = JSON.readValue(body, Map.class);
    var input = ExecutionInput.newExecutionInput((String) asked.get("query"));
    if (asked.get("variables") instanceof Map<?, ?> variables) {
      input.variables((Map<String, Object>) variables);
    }
    var result = graphql.execute(input.build());
    var answer = new LinkedHashMap<String, Object>();
    if (result.isDataPresent()) {
      answer.put("data", result.getData());
    }
    if (!result.getErrors().isEmpty()) {
      answer.put("errors", result.getErrors().stream().map(RubyErrors::of).toList());
    }
    return answer;
  }

  private boolean authenticated(HttpExchange exchange) {
    var bearer = exchange.getRequestHeaders().getFirst("Authorization");
    var key = exchange.getRequestHeaders().getFirst("x-gazelle-api-key");
    return bearer == null ? apiKey.equals(key) : bearer.equals("Bearer " + apiKey);
  }
}

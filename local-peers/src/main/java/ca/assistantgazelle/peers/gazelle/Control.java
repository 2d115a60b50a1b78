package ca.assistantgazelle.peers.gazelle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Lets a person or a test play Gazelle's users while the emulator runs.
 *
 * <pre>
 * GET    /control/totals                  how many records of each kind
 * GET    /control/{collection}            all records
 * POST   /control/{collection}            creates one from JSON fields; an id is given when there is none
 * GET    /control/{collection}/{id}       one record
 * PATCH  /control/{collection}/{id}       changes the given fields
 * DELETE /control/{collection}/{id}       removes it, as Gazelle does: without a trace
 * PUT    /control/faults                  {"fault": "truncated", "after": 0, "times": 1, "latency_millis": 0}
 * DELETE /control/faults                  everything works again
 * </pre>
 */
final class Control {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};
  private static final int LARGEST_BODY = 1 << 20;

  private final Records records;
  private final Faults faults;

  Control(Records records, Faults faults) {
    this.records = records;
    this.faults = faults;
  }

  void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath().split("/");
      try {
        var answer =
            route(
                exchange.getRequestMethod(),
                path,
                exchange.getRequestBody().readNBytes(LARGEST_BODY));
        Answers.send(
            exchange,
            answer == null ? 404 : 200,
            "application/json",
            JSON.writeValueAsBytes(answer));
      } catch (JsonProcessingException | IllegalArgumentException | ClassCastException e) {
        Answers.send(
            exchange,
            400,
            "application/json",
            JSON.writeValueAsBytes(Map.of("error", String.valueOf(e.getMessage()))));
      }
    }
  }

  private Object route(String method, String[] path, byte[] body) throws IOException {
    var word = path[2];
    if (word.equals("totals")) {
      return totals();
    }
    if (word.equals("faults")) {
      return faults(method, body);
    }
    var collection =
        Collection.of(word)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no collection '"
                            + word
                            + "'; there are "
                            + List.of(Collection.values()).stream()
                                .map(Collection::word)
                                .toList()));
    var id = path.length > 3 ? path[3] : null;
    return switch (method) {
      case "GET" -> id == null ? records.all(collection) : records.find(collection, id);
      case "POST" -> records.create(collection, JSON.readValue(body, FIELDS));
      case "PATCH" -> records.edit(collection, id, JSON.readValue(body, FIELDS));
      case "DELETE" -> records.delete(collection, id) ? Map.of("deleted", id) : null;
      default -> throw new IllegalArgumentException("method " + method + " does nothing here");
    };
  }

  private Object faults(String method, byte[] body) throws IOException {
    if (method.equals("DELETE")) {
      faults.clear();
      return Map.of("fault", "none");
    }
    if (!method.equals("PUT")) {
      throw new IllegalArgumentException("faults take PUT and DELETE");
    }
    var wanted = JSON.readValue(body, FIELDS);
    faults.latency(Duration.ofMillis(number(wanted, "latency_millis", 0)));
    if (wanted.get("fault") instanceof String fault) {
      faults.set(fault(fault), number(wanted, "after", 0), number(wanted, "times", 1));
    }
    return wanted;
  }

  private static Fault fault(String word) {
    return Stream.of(Fault.values())
        .filter(fault -> fault.name().equals(word.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no fault '" + word + "'; there are " + List.of(Fault.values())));
  }

  private static int number(Map<String, Object> fields, String name, int otherwise) {
    return fields.get(name) instanceof Number number ? number.intValue() : otherwise;
  }

  private Map<String, Object> totals() {
    var totals = new LinkedHashMap<String, Object>();
    for (var collection : Collection.values()) {
      totals.put(collection.word(), records.all(collection).size());
    }
    return totals;
  }
}

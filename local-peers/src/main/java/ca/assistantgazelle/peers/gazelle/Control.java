package ca.assistantgazelle.peers.gazelle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
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
 * PUT    /control/faults                  what goes wrong, see {@link ControlWords#orders}
 * DELETE /control/faults                  everything works again
 * GET    /control/behaviour               how the server behaves where nobody knows
 * PUT    /control/behaviour               changes that, see {@link ControlWords#apply}
 * DELETE /control/behaviour               as at the start
 * GET    /control/oauth                   an application, freshly authorised
 * GET    /control/requests                GraphQL requests received so far
 * </pre>
 */
final class Control {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};
  private static final int LARGEST_BODY = 1 << 20;

  private final GazelleEmulator emulator;
  private final Records records;

  Control(GazelleEmulator emulator) {
    this.emulator = emulator;
    this.records = emulator.records();
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
    var word = path.length > 2 ? path[2] : "";
    return switch (word) {
      case "totals" -> totals();
      case "faults" -> faults(method, body);
      case "behaviour" -> behaviour(method, body);
      case "oauth" -> oauth();
      case "requests" -> Map.of("graphql", emulator.requests());
      default -> records(method, collection(word), path.length > 3 ? path[3] : null, body);
    };
  }

  private Object records(String method, Collection collection, String id, byte[] body)
      throws IOException {
    return switch (method) {
      case "GET" -> id == null ? records.all(collection) : records.find(collection, id);
      case "POST" -> records.create(collection, JSON.readValue(body, FIELDS));
      case "PATCH" -> records.edit(collection, id, JSON.readValue(body, FIELDS));
      case "DELETE" -> records.delete(collection, id) ? Map.of("deleted", id) : null;
      default -> throw new IllegalArgumentException("method " + method + " does nothing here");
    };
  }

  private Object faults(String method, byte[] body) throws IOException {
    switch (method) {
      case "DELETE" -> emulator.faults().clear();
      case "PUT" -> {
        var wanted = JSON.readTree(body);
        ControlWords.latency(wanted).ifPresent(emulator.faults()::latency);
        emulator.faults().set(ControlWords.orders(wanted));
        return wanted;
      }
      default -> throw new IllegalArgumentException("faults take PUT and DELETE");
    }
    return Map.of("faults", "none");
  }

  private Object behaviour(String method, byte[] body) throws IOException {
    switch (method) {
      case "GET" -> {}
      case "PUT" -> ControlWords.apply(JSON.readTree(body), emulator.behaviour());
      case "DELETE" -> emulator.behaviour().reset();
      default -> throw new IllegalArgumentException("behaviour takes GET, PUT and DELETE");
    }
    return emulator.behaviour().words();
  }

  private Map<String, Object> oauth() {
    var application = new LinkedHashMap<String, Object>();
    application.put("client_id", emulator.oauth().clientId());
    application.put("client_secret", emulator.oauth().clientSecret());
    application.put("refresh_token", emulator.oauth().authorise());
    application.put("token_url", emulator.tokenUrl());
    application.put("authorize_url", emulator.authorizeUrl());
    return application;
  }

  private static Collection collection(String word) {
    return Collection.of(word)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no collection '"
                        + word
                        + "'; there are "
                        + Stream.of(Collection.values()).map(Collection::word).toList()
                        + ", and totals, faults, behaviour, oauth, requests"));
  }

  private Map<String, Object> totals() {
    var totals = new LinkedHashMap<String, Object>();
    for (var collection : List.of(Collection.values())) {
      totals.put(collection.word(), records.all(collection).size());
    }
    return totals;
  }
}

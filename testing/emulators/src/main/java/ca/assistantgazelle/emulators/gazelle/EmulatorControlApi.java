package ca.assistantgazelle.emulators.gazelle;

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
 * The control API: reads and changes records, faults and behaviour while the emulator runs.
 *
 * <pre>
 * GET    /control/totals                  number of records per collection
 * GET    /control/{collection}            all records
 * POST   /control/{collection}            creates a record; generates an id if missing
 * GET    /control/{collection}/{id}       one record
 * PATCH  /control/{collection}/{id}       changes the given fields
 * DELETE /control/{collection}/{id}       deletes the record and its dependents
 * PUT    /control/faults                  sets the faults, see {@link ControlRequestParser#parseFaults}
 * DELETE /control/faults                  removes all faults
 * GET    /control/behaviour               the current behaviour
 * PUT    /control/behaviour               changes it, see {@link ControlRequestParser#applyBehaviour}
 * DELETE /control/behaviour               restores the defaults
 * GET    /control/oauth                   credentials of a newly authorised application
 * GET    /control/requests                number of GraphQL requests received so far
 * </pre>
 */
final class EmulatorControlApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};
    private static final int MAX_BODY_BYTES = 1 << 20;

    private final GazelleEmulator emulator;
    private final EmulatedRecords records;

    EmulatorControlApi(GazelleEmulator emulator) {
        this.emulator = emulator;
        this.records = emulator.records();
    }

    void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath().split("/");
            try {
                var answer = route(
                        exchange.getRequestMethod(),
                        path,
                        exchange.getRequestBody().readNBytes(MAX_BODY_BYTES));
                EmulatorResponses.send(
                        exchange, answer == null ? 404 : 200, "application/json", JSON.writeValueAsBytes(answer));
            } catch (JsonProcessingException | IllegalArgumentException | ClassCastException e) {
                EmulatorResponses.send(
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

    private Object records(String method, RecordCollection collection, String id, byte[] body) throws IOException {
        return switch (method) {
            case "GET" -> id == null ? records.all(collection) : records.find(collection, id);
            case "POST" -> records.create(collection, JSON.readValue(body, FIELDS));
            case "PATCH" -> records.edit(collection, id, JSON.readValue(body, FIELDS));
            case "DELETE" -> records.delete(collection, id) ? Map.of("deleted", id) : null;
            default ->
                throw new IllegalArgumentException(
                        "Unsupported method " + method + ". Supported: GET, POST, PATCH, DELETE");
        };
    }

    private Object faults(String method, byte[] body) throws IOException {
        switch (method) {
            case "DELETE" -> emulator.faults().clear();
            case "PUT" -> {
                var wanted = JSON.readTree(body);
                ControlRequestParser.parseLatency(wanted).ifPresent(emulator.faults()::latency);
                emulator.faults().set(ControlRequestParser.parseFaults(wanted));
                return wanted;
            }
            default -> throw new IllegalArgumentException("Method not supported for faults. Supported: PUT, DELETE");
        }
        return Map.of("faults", "none");
    }

    private Object behaviour(String method, byte[] body) throws IOException {
        switch (method) {
            case "GET" -> {}
            case "PUT" -> ControlRequestParser.applyBehaviour(JSON.readTree(body), emulator.behaviour());
            case "DELETE" -> emulator.behaviour().reset();
            default ->
                throw new IllegalArgumentException("Method not supported for behaviour. Supported: GET, PUT, DELETE");
        }
        return emulator.behaviour().toMap();
    }

    private Map<String, Object> oauth() {
        var application = new LinkedHashMap<String, Object>();
        application.put("client_id", emulator.oauth().clientId());
        application.put("client_secret", emulator.oauth().clientSecret());
        application.put("refresh_token", emulator.oauth().issueRefreshToken());
        application.put("token_url", emulator.tokenUrl());
        application.put("authorize_url", emulator.authorizeUrl());
        return application;
    }

    private static RecordCollection collection(String word) {
        return RecordCollection.of(word)
                .orElseThrow(() -> new IllegalArgumentException("Unknown collection '"
                        + word
                        + "'. Supported: "
                        + Stream.of(RecordCollection.values())
                                .map(RecordCollection::urlName)
                                .toList()
                        + ", and totals, faults, behaviour, oauth, requests"));
    }

    private Map<String, Object> totals() {
        var totals = new LinkedHashMap<String, Object>();
        for (var collection : List.of(RecordCollection.values())) {
            totals.put(collection.urlName(), records.all(collection).size());
        }
        return totals;
    }
}

package ca.assistantgazelle.emulators.gazelle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** Calls the HTTP APIs of the Gazelle emulator. */
record EmulatorClient(GazelleEmulator emulator) {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    JsonNode query(String query) throws Exception {
        return query(query, Map.of());
    }

    JsonNode query(String query, Map<String, Object> variables) throws Exception {
        return JSON.readTree(post(
                        emulator.url(),
                        JSON.writeValueAsString(Map.of("query", query, "variables", variables)),
                        "x-gazelle-api-key",
                        "key")
                .body());
    }

    HttpResponse<String> queryUser(String header, String value) throws Exception {
        return post(emulator.url(), "{\"query\": \"{user{id}}\"}", header, value);
    }

    HttpResponse<String> post(String url, String body, String header, String value) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .header(header, value)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> postForm(String url, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String url) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    JsonNode control(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(emulator.url()).resolve("/control/" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return JSON.readTree(
                HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}

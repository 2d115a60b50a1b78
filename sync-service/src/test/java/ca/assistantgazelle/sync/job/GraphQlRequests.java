package ca.assistantgazelle.sync.job;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.emulators.gazelle.GazelleEmulator;
import ca.assistantgazelle.emulators.testing.TestEnvironment;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** Sends GraphQL requests as another user of Gazelle. */
final class GraphQlRequests {
    private GraphQlRequests() {}

    static void send(GazelleEmulator gazelle, String query) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(gazelle.url()))
                            .header("x-gazelle-api-key", TestEnvironment.API_KEY)
                            .POST(HttpRequest.BodyPublishers.ofString(EventJson.write(Map.of("query", query))))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).doesNotContain("\"errors\"");
        }
    }
}

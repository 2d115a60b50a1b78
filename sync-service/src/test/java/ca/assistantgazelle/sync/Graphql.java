package ca.assistantgazelle.sync;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.event.EventJson;
import ca.assistantgazelle.peers.gazelle.GazelleEmulator;
import ca.assistantgazelle.peers.testing.TestPeers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** Somebody else who works with Gazelle. */
final class Graphql {
  private Graphql() {}

  static void ask(GazelleEmulator gazelle, String query) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var answer =
          http.send(
              HttpRequest.newBuilder(URI.create(gazelle.url()))
                  .header("x-gazelle-api-key", TestPeers.API_KEY)
                  .POST(
                      HttpRequest.BodyPublishers.ofString(EventJson.write(Map.of("query", query))))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).doesNotContain("\"errors\"");
    }
  }
}

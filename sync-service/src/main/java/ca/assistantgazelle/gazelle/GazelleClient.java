package ca.assistantgazelle.gazelle;

import ca.assistantgazelle.redaction.Redaction;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Asks Gazelle one query at a time and gives back its data, whole, or an error that says what to
 * do.
 */
@Singleton
public class GazelleClient {
  private static final int LONGEST_MESSAGE = 300;

  private final GazelleApi api;
  private final ApiConfig config;
  private final ObjectMapper json;

  GazelleClient(@RestClient GazelleApi api, ApiConfig config, ObjectMapper json) {
    this.api = api;
    this.config = config;
    this.json = json;
  }

  /**
   * @param variables null values are sent as absent
   * @return the {@code data} object
   * @throws GazelleException when there is no complete and error-free answer
   */
  public JsonNode ask(Query query, Map<String, Object> variables) {
    var key = config.key().orElseThrow(GazelleException::noKey);
    var body = write(Map.of("query", query.document(), "variables", variables));
    try (var response = api.post(key, body)) {
      return data(query, response);
    } catch (ProcessingException e) {
      throw GazelleException.unreachable(Redaction.redact(config.url()), e);
    }
  }

  private JsonNode data(Query query, Response response) {
    if (response.getStatus() == 401) {
      throw GazelleException.keyRefused();
    }
    if (response.getStatus() != 200) {
      throw GazelleException.status(response.getStatus());
    }
    JsonNode answer = read(response);
    // Data beside errors is half an answer: nothing of it is used.
    if (answer.path("errors").size() > 0) {
      throw GazelleException.queryRefused(query, message(answer.path("errors").path(0)));
    }
    if (!answer.path("data").isObject()) {
      throw GazelleException.queryRefused(query, "the answer has no data");
    }
    return answer.path("data");
  }

  private JsonNode read(Response response) {
    try {
      return json.readTree(response.readEntity(String.class));
    } catch (JsonProcessingException e) {
      throw GazelleException.unreadable(e);
    }
  }

  private static String message(JsonNode error) {
    var message = Redaction.redact(error.path("message").asText("without a message"));
    return message.length() > LONGEST_MESSAGE
        ? message.substring(0, LONGEST_MESSAGE) + "…"
        : message;
  }

  private String write(Map<String, Object> body) {
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a query is always JSON", e);
    }
  }
}

package ca.assistantgazelle.gazelle;

import ca.assistantgazelle.credential.Credential;
import ca.assistantgazelle.credential.Credentials;
import ca.assistantgazelle.redaction.Redaction;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Asks Gazelle for a page, a list or a record and gives it back whole, or an error that says what
 * to do. Passing failures are tried again, page by page.
 */
@Singleton
public class GazelleClient {
  private final GazelleApi api;
  private final ApiConfig config;
  private final Credentials credentials;
  private final Courtesy courtesy;
  private final PageTries tries;
  private final ObjectMapper json;
  private final Clock clock;
  private final Counter requests;

  GazelleClient(
      @RestClient GazelleApi api,
      ApiConfig config,
      Credentials credentials,
      Courtesy courtesy,
      PageTries tries,
      ObjectMapper json,
      Clock clock,
      MeterRegistry meters) {
    this.api = api;
    this.config = config;
    this.credentials = credentials;
    this.courtesy = courtesy;
    this.tries = tries;
    this.json = json;
    this.clock = clock;
    this.requests = meters.counter("gazelle.crm.requests");
  }

  /**
   * One page of a connection.
   *
   * @param variables null values are sent as absent
   * @throws GazelleException when there is no complete and error-free answer
   */
  public Page page(Query query, Map<String, Object> variables) throws InterruptedException {
    return ask(query, variables, Page::whole);
  }

  /** All of a list that Gazelle does not page, without the nulls that the schema allows. */
  public List<JsonNode> list(Query query) throws InterruptedException {
    return ask(
        query,
        Map.of(),
        list -> {
          if (!list.isArray()) {
            throw GazelleException.noList();
          }
          return StreamSupport.stream(list.spliterator(), false)
              .filter(node -> !node.isNull())
              .toList();
        });
  }

  /** One record; empty when Gazelle does not have it. */
  public Optional<JsonNode> record(Query query, Map<String, Object> variables)
      throws InterruptedException {
    return ask(query, variables, node -> Optional.of(node).filter(JsonNode::isObject));
  }

  /** Those of the records that Gazelle has; a query's variable is {@code id}. */
  public List<JsonNode> records(Query query, List<String> ids) throws InterruptedException {
    var found = new ArrayList<JsonNode>();
    for (var id : ids) {
      record(query, Map.of("id", id)).ifPresent(found::add);
    }
    return found;
  }

  /** GraphQL requests sent since the start of this process, repeated ones included. */
  public long requests() {
    return (long) requests.count();
  }

  private <T> T ask(Query query, Map<String, Object> variables, Function<JsonNode, T> reading)
      throws InterruptedException {
    var body = write(Map.of("query", query.document(), "variables", variables));
    return tries.call(() -> reading.apply(authorised(query, body).path(query.root())));
  }

  // A refused token may have been exchanged meanwhile, or died early: once more with a fresh one.
  private JsonNode authorised(Query query, String body) throws InterruptedException {
    var credential = credentials.current();
    var first = send(query, credential, body);
    if (first.isPresent()) {
      return first.get();
    }
    var renewed = credentials.insteadOf(credential);
    return send(query, renewed, body)
        .orElseThrow(() -> GazelleException.tokenRefused(renewed.kind()));
  }

  /** Empty when the credential was refused. */
  private Optional<JsonNode> send(Query query, Credential credential, String body)
      throws InterruptedException {
    courtesy.await();
    requests.increment();
    try (var response = api.post(credential.apiKey(), credential.authorization(), body)) {
      return response.getStatus() == 401 ? Optional.empty() : Optional.of(data(query, response));
    } catch (ProcessingException e) {
      if (Thread.interrupted() || e.getCause() instanceof InterruptedException) {
        throw new InterruptedException("told to stop while Gazelle was asked");
      }
      throw GazelleException.unreachable(Redaction.redact(config.url()), e);
    }
  }

  private JsonNode data(Query query, Response response) {
    if (response.getStatus() != 200) {
      throw GazelleException.status(
          response.getStatus(), RetryAfter.of(response.getHeaderString("Retry-After"), clock));
    }
    return Answer.data(query, read(response));
  }

  private JsonNode read(Response response) {
    try {
      return json.readTree(response.readEntity(String.class));
    } catch (JsonProcessingException e) {
      throw GazelleException.unreadable(e);
    }
  }

  private String write(Map<String, Object> body) {
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a query is always JSON", e);
    }
  }
}

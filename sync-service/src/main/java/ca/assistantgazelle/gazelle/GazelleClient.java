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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Asks Gazelle for a page, a list or a record and gives it back whole, or an error that says what
 * to do. Passing failures are tried again, page by page.
 */
@Singleton
public class GazelleClient {
  /** So many answers in a row with errors of single records: those errors do not pass. */
  private static final int LASTING = 3;

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
   * One page of a connection. When Gazelle fails at some of its records three times in a row, those
   * are {@link Unreadable}, and the others are as they are.
   *
   * @param variables null values are sent as absent
   * @throws GazelleException when there is no complete answer, or its cursor does not move
   */
  public Page page(Query query, Map<String, Object> variables) throws InterruptedException {
    var cursor = (String) variables.get("after");
    var body = body(query, variables);
    var failures = new AtomicInteger();
    return tries.call(
        () -> {
          var answer = authorised(body);
          try {
            return moving(Page.whole(Answer.data(query, answer).path(query.root())), cursor);
          } catch (GazelleException e) {
            if (!e.isPartial() || failures.incrementAndGet() < LASTING) {
              throw e;
            }
            var list = Answer.listDespiteErrors(query, answer).orElseThrow(() -> e);
            return moving(Page.whole(list), cursor);
          }
        });
  }

  private static Page moving(Page page, String cursor) {
    page.nextAfter(cursor);
    return page;
  }

  /** All of a list that Gazelle does not page; nulls are {@link Unreadable}. */
  public List<JsonNode> list(Query query) throws InterruptedException {
    return ask(
        query,
        Map.of(),
        list -> {
          if (!list.isArray()) {
            throw GazelleException.noList();
          }
          return IntStream.range(0, list.size())
              .mapToObj(i -> list.get(i).isNull() ? Unreadable.nullAt("/" + i) : list.get(i))
              .toList();
        });
  }

  /** One record; empty when Gazelle does not have it. */
  public Optional<JsonNode> record(Query query, Map<String, Object> variables)
      throws InterruptedException {
    return ask(query, variables, node -> Optional.of(node).filter(JsonNode::isObject));
  }

  /**
   * Those of the records that Gazelle has, {@link Unreadable} when it fails at one; a query's
   * variable is {@code id}.
   */
  public List<JsonNode> records(Query query, List<String> ids) throws InterruptedException {
    var found = new ArrayList<JsonNode>();
    var leniency = new Leniency();
    for (var id : ids) {
      try {
        record(query, Map.of("id", id)).ifPresent(found::add);
      } catch (GazelleException e) {
        found.add(leniency.insteadOf(id, e));
      }
    }
    return found;
  }

  /** GraphQL requests sent since the start of this process, repeated ones included. */
  public long requests() {
    return (long) requests.count();
  }

  private <T> T ask(Query query, Map<String, Object> variables, Function<JsonNode, T> reading)
      throws InterruptedException {
    var body = body(query, variables);
    return tries.call(() -> reading.apply(Answer.data(query, authorised(body)).path(query.root())));
  }

  private String body(Query query, Map<String, Object> variables) {
    return write(Map.of("query", query.document(), "variables", variables));
  }

  // A refused token may have been exchanged meanwhile, or died early: once more with a fresh one.
  private JsonNode authorised(String body) throws InterruptedException {
    var credential = credentials.current();
    var first = send(credential, body);
    if (first.isPresent()) {
      return first.get();
    }
    var renewed = credentials.insteadOf(credential);
    return send(renewed, body).orElseThrow(() -> GazelleException.tokenRefused(renewed.kind()));
  }

  /** Empty when the credential was refused. */
  private Optional<JsonNode> send(Credential credential, String body) throws InterruptedException {
    courtesy.await();
    requests.increment();
    var request = api.post(credential.apiKey(), credential.authorization(), body);
    try (var response = WholeAnswer.of(request, config.longestAnswer())) {
      return response.getStatus() == 401 ? Optional.empty() : Optional.of(answer(response));
    } catch (ProcessingException e) {
      if (Thread.interrupted() || e.getCause() instanceof InterruptedException) {
        throw new InterruptedException("told to stop while Gazelle was asked");
      }
      throw GazelleException.unreachable(Redaction.redact(config.url()), e);
    }
  }

  private JsonNode answer(Response response) {
    if (response.getStatus() != 200) {
      throw GazelleException.status(
          response.getStatus(), RetryAfter.of(response.getHeaderString("Retry-After"), clock));
    }
    return read(response);
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

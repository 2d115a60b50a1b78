package ca.assistantgazelle.sync.gazelle;

import ca.assistantgazelle.runtime.redaction.SecretRedaction;
import ca.assistantgazelle.sync.credential.ApiCredential;
import ca.assistantgazelle.sync.credential.GazelleCredentials;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
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
 * Client of Gazelle's GraphQL API: returns complete pages, lists and records, or an error with a suggestion. Transient
 * failures are retried per request.
 */
@Singleton
public class GazelleGraphQlClient {
    /** Number of partial responses after which errors of single records are taken as permanent. */
    private static final int MAX_PARTIAL_RESPONSES = 3;

    private static final int MAX_TOKEN_REPLACEMENTS = 2;

    private final GazelleApi api;
    private final GazelleApiConfig config;
    private final GazelleCredentials credentials;
    private final GazelleRateLimiter rateLimiter;
    private final PageRequestRetry retry;
    private final ObjectMapper json;
    private final ObjectReader strictJson;
    private final Clock clock;
    private final Counter requests;

    GazelleGraphQlClient(
            @RestClient GazelleApi api,
            GazelleApiConfig config,
            GazelleCredentials credentials,
            GazelleRateLimiter rateLimiter,
            PageRequestRetry tries,
            ObjectMapper json,
            Clock clock,
            MeterRegistry meters) {
        this.api = api;
        this.config = config;
        this.credentials = credentials;
        this.rateLimiter = rateLimiter;
        this.retry = tries;
        this.json = json;
        this.strictJson = json.reader()
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
        this.clock = clock;
        this.requests = meters.counter("gazelle.crm.requests");
    }

    /**
     * One page of a connection. If Gazelle fails to return some of its records three times in a row, those are
     * {@link UnreadableRecord}.
     *
     * @param variables null values are sent as absent
     * @throws GazelleException if there is no complete response, or its cursor does not advance
     */
    public GazellePage page(GraphQlQuery query, Map<String, Object> variables) throws InterruptedException {
        var cursor = (String) variables.get("after");
        var body = body(query, variables);
        var failures = new AtomicInteger();
        return retry.call(() -> {
            var answer = sendAuthorised(body);
            try {
                return requireNewCursor(
                        GazellePage.ofList(GraphQlResponse.data(query, answer).path(query.rootField())), cursor);
            } catch (GazelleException e) {
                if (!e.isPartial() || failures.incrementAndGet() < MAX_PARTIAL_RESPONSES) {
                    throw e;
                }
                var list = GraphQlResponse.listDespiteErrors(query, answer).orElseThrow(() -> e);
                return requireNewCursor(GazellePage.ofList(list), cursor);
            }
        });
    }

    private static GazellePage requireNewCursor(GazellePage page, String cursor) {
        page.nextCursorAfter(cursor);
        return page;
    }

    /** A complete list that Gazelle does not page; nulls are {@link UnreadableRecord}. */
    public List<JsonNode> list(GraphQlQuery query) throws InterruptedException {
        return execute(query, Map.of(), list -> {
            if (!list.isArray()) {
                throw GazelleException.missingList();
            }
            return IntStream.range(0, list.size())
                    .mapToObj(i -> list.get(i).isNull() ? UnreadableRecord.nullAt("/" + i) : list.get(i))
                    .toList();
        });
    }

    /** One record; empty if it does not exist. */
    public Optional<JsonNode> record(GraphQlQuery query, Map<String, Object> variables) throws InterruptedException {
        return execute(query, variables, node -> Optional.of(node).filter(JsonNode::isObject));
    }

    /**
     * The records with these ids that exist, {@link UnreadableRecord} for those that Gazelle fails to return. The
     * query's variable is {@code id}.
     */
    public List<JsonNode> records(GraphQlQuery query, List<String> ids) throws InterruptedException {
        var found = new ArrayList<JsonNode>();
        var leniency = new RecordErrorTolerance();
        for (var id : ids) {
            try {
                record(query, Map.of("id", id)).ifPresent(found::add);
            } catch (GazelleException e) {
                found.add(leniency.placeholderFor(id, e));
            }
        }
        return found;
    }

    /** GraphQL requests sent since the start of this process, retries included. */
    public long requests() {
        return (long) requests.count();
    }

    private <T> T execute(GraphQlQuery query, Map<String, Object> variables, Function<JsonNode, T> reading)
            throws InterruptedException {
        var body = body(query, variables);
        return retry.call(() ->
                reading.apply(GraphQlResponse.data(query, sendAuthorised(body)).path(query.rootField())));
    }

    private String body(GraphQlQuery query, Map<String, Object> variables) {
        return write(Map.of("query", query.document(), "variables", variables));
    }

    // A rejected token may have been revoked by an exchange since; its replacement likewise. A key is sent twice.
    private JsonNode sendAuthorised(String body) throws InterruptedException {
        var credential = credentials.current();
        for (int replaced = 0; ; replaced++) {
            var response = send(credential, body);
            if (response.isPresent()) {
                return response.get();
            }
            if (replaced == (credential.accessToken() == null ? 1 : MAX_TOKEN_REPLACEMENTS)) {
                throw GazelleException.tokenRefused(credential.kind());
            }
            credential = credentials.replacementFor(credential);
        }
    }

    /** Empty if the credential was rejected. */
    private Optional<JsonNode> send(ApiCredential credential, String body) throws InterruptedException {
        rateLimiter.acquire();
        requests.increment();
        var request = api.post(credential.apiKey(), credential.authorization(), body);
        try (var response = ResponseDeadline.await(request, config.responseTimeout())) {
            return response.getStatus() == 401 ? Optional.empty() : Optional.of(parseResponse(response));
        } catch (ProcessingException e) {
            if (Thread.interrupted() || e.getCause() instanceof InterruptedException) {
                throw new InterruptedException("interrupted during a request to Gazelle");
            }
            throw GazelleException.unreachable(SecretRedaction.redact(config.url()), e);
        }
    }

    private JsonNode parseResponse(Response response) {
        if (response.getStatus() != 200) {
            throw GazelleException.httpStatus(
                    response.getStatus(), RetryAfterHeader.parse(response.getHeaderString("Retry-After"), clock));
        }
        return read(response);
    }

    private JsonNode read(Response response) {
        try {
            // JSON is UTF-8, whatever the response declares; the parser refuses other bytes.
            return strictJson.readTree(response.readEntity(byte[].class));
        } catch (IOException e) {
            throw GazelleException.unreadable(e);
        }
    }

    private String write(Map<String, Object> body) {
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot serialise the GraphQL request", e);
        }
    }
}

package ca.assistantgazelle.bench.sync;

import ca.assistantgazelle.sync.gazelle.GraphQlQuery;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The baseline: fetches and parses the pages of a scan, one chain of pages per kind of record, all chains concurrently.
 * It does not store, validate or retry.
 */
public final class BareGazelleClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Receives the records of each page. */
    @FunctionalInterface
    public interface RecordPageSink {
        void accept(String kind, List<JsonNode> records) throws Exception;
    }

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI url;
    private final String key;
    private final AtomicInteger requests = new AtomicInteger();

    public BareGazelleClient(String url, String key) {
        this.url = URI.create(url);
        this.key = key;
    }

    public int requests() {
        return requests.get();
    }

    /**
     * Fetches all pages once.
     *
     * @param chains the variables of each query
     */
    public void fetch(Map<GraphQlQuery, Map<String, Object>> chains, RecordPageSink sink) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ends = new ArrayList<Future<?>>();
            chains.forEach((query, variables) ->
                    ends.add(threads.submit((Callable<Void>) () -> chain(query, variables, sink))));
            for (var end : ends) {
                try {
                    end.get();
                } catch (ExecutionException e) {
                    throw new IllegalStateException("Baseline failed", e.getCause());
                }
            }
        }
    }

    private Void chain(GraphQlQuery query, Map<String, Object> variables, RecordPageSink sink) throws Exception {
        var asked = new HashMap<>(variables);
        String after = null;
        do {
            asked.put("first", 100);
            if (after != null) {
                asked.put("after", after);
            }
            var root = ask(query, asked);
            var records = new ArrayList<JsonNode>();
            (root.isArray() ? root : root.path("nodes")).forEach(records::add);
            sink.accept(query.rootField(), records);
            var page = root.path("pageInfo");
            after = page.path("hasNextPage").asBoolean()
                    ? page.path("endCursor").asText()
                    : null;
        } while (after != null);
        return null;
    }

    private JsonNode ask(GraphQlQuery query, Map<String, Object> variables) throws IOException, InterruptedException {
        requests.incrementAndGet();
        var body = new LinkedHashMap<String, Object>();
        body.put("query", query.document());
        body.put("variables", query == GraphQlQuery.USERS || query == GraphQlQuery.PRODUCTS ? Map.of() : variables);
        var answer = http.send(
                HttpRequest.newBuilder(url)
                        .header("Content-Type", "application/json")
                        .header("x-gazelle-api-key", key)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        return JSON.readTree(answer.body()).path("data").path(query.rootField());
    }
}

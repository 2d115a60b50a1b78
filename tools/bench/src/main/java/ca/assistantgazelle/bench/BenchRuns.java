package ca.assistantgazelle.bench;

import ca.assistantgazelle.cli.client.RunFollower;
import ca.assistantgazelle.cli.client.SchedulerClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;

/**
 * Starts jobs through the HTTP API and returns their completed runs; a run that does not succeed fails the benchmark.
 */
public record BenchRuns(SchedulerClient api) {
    private static final Duration TIMEOUT = Duration.ofMinutes(20);

    public JsonNode sync(String mode) throws InterruptedException {
        return run("sync_gazelle_2h", JsonNodeFactory.instance.objectNode().put("mode", mode));
    }

    public JsonNode report(boolean fullRefresh) throws InterruptedException {
        return run(
                "timeline_report_daily", JsonNodeFactory.instance.objectNode().put("full_refresh", fullRefresh));
    }

    /** Without parameters. */
    public JsonNode job(String job) throws InterruptedException {
        return run(job, JsonNodeFactory.instance.objectNode());
    }

    private JsonNode run(String job, ObjectNode parameters) throws InterruptedException {
        var runId =
                api.post("/api/scheduler/run/" + job, parameters).path("run_id").asText();
        var run = new RunFollower(api, line -> {}).follow(runId, TIMEOUT).orElseThrow();
        if (!run.path("status").asText().equals("success")) {
            throw new IllegalStateException("Run failed: " + run.path("error"));
        }
        return run;
    }

    /** Duration of the first attempt, from claim to outcome, by the worker's clock. */
    public static double seconds(JsonNode run) {
        var attempt = run.path("attempts").path(0);
        return Duration.between(
                                Instant.parse(attempt.path("started_at").asText()),
                                Instant.parse(attempt.path("finished_at").asText()))
                        .toMillis()
                / 1_000.0;
    }

    public static long rows(JsonNode run, String word) {
        long sum = 0;
        for (var entity : run.path("counts")) {
            sum += entity.path(word).asLong();
        }
        return sum;
    }
}

package ca.assistantgazelle.bench;

import ca.assistantgazelle.operator.api.Api;
import ca.assistantgazelle.operator.api.Following;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.time.Instant;

/** Runs the sync through the API, as everybody does. */
public record Runs(Api api) {
  private static final Duration LIMIT = Duration.ofMinutes(20);

  /** The run as it ended; anything but success ends the benchmark. */
  public JsonNode sync(String mode) throws InterruptedException {
    var body = JsonMapper.builder().build().createObjectNode().put("mode", mode);
    var runId = api.post("/api/scheduler/run/sync_gazelle_2h", body).path("run_id").asText();
    var run = new Following(api, line -> {}).follow(runId, LIMIT).orElseThrow();
    if (!run.path("status").asText().equals("success")) {
      throw new IllegalStateException("the run failed: " + run.path("error"));
    }
    return run;
  }

  /** Seconds from the claim of its attempt to its outcome, as the worker saw them. */
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

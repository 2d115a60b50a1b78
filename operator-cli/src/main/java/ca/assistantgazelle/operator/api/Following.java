package ca.assistantgazelle.operator.api;

import ca.assistantgazelle.operator.view.Moments;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Consumer;

/** Watches a run until it has ended. */
public final class Following {
  private static final Set<String> OPEN = Set.of("queued", "running", "waiting_retry");
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Api api;
  private final Consumer<String> progress;
  private long silentSince;

  /**
   * @param progress called with a line whenever there is something new
   */
  public Following(Api api, Consumer<String> progress) {
    this.api = api;
    this.progress = progress;
  }

  /**
   * The run as it ended; empty when the limit came first.
   *
   * @throws ApiException when it cannot be asked for
   */
  public Optional<JsonNode> follow(String runId, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    var shown = "";
    while (true) {
      var run = look(runId);
      if (run.isEmpty()) {
        Thread.sleep(LOOK);
        continue;
      }
      var line = line(run.get());
      if (!line.equals(shown)) {
        progress.accept(line);
        shown = line;
      }
      if (!isOpen(run.get())) {
        return run;
      }
      if (System.nanoTime() > end) {
        return Optional.empty();
      }
      Thread.sleep(LOOK);
    }
  }

  // A gateway or scheduler that is started anew answers again within seconds; the run goes on.
  private Optional<JsonNode> look(String runId) {
    try {
      var run = api.get("/api/scheduler/runs/" + runId);
      silentSince = 0;
      return Optional.of(run);
    } catch (ApiException e) {
      long now = System.nanoTime();
      if (silentSince == 0) {
        silentSince = now;
      }
      boolean mayPass = e.exitCode() == ExitCode.UNREACHABLE || e.exitCode() == ExitCode.FAILED;
      if (!mayPass || now - silentSince > PATIENCE.toNanos()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  public static boolean isOpen(JsonNode run) {
    return OPEN.contains(run.path("status").asText());
  }

  private static String line(JsonNode run) {
    var parts = new StringJoiner(", ");
    run.path("progress")
        .path("entities")
        .properties()
        .forEach(
            entity ->
                parts.add(
                    entity.getKey()
                        + " "
                        + entity.getValue().path("read").asInt()
                        + " of "
                        + entity.getValue().path("total").asInt()));
    var status = run.path("status").asText();
    int attempt = run.path("attempt").asInt();
    if (status.equals("waiting_retry")) {
      return waiting(run, attempt);
    }
    return (attempt > 1 ? status + " (attempt " + attempt + ")" : status)
        + (parts.length() == 0 || !isOpen(run) ? "" : ": " + parts);
  }

  private static String waiting(JsonNode run, int attempt) {
    var error = run.path("error");
    return "attempt "
        + attempt
        + " failed: "
        + error.path("class").asText()
        + ": "
        + error.path("message").asText()
        + "\n  The next one starts at "
        + Moments.local(run.path("next_attempt_at"))
        + " (Montréal). To give up: ./gazelle cancel "
        + run.path("run_id").asText();
  }
}

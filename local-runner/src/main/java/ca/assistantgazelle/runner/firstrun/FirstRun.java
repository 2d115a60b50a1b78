package ca.assistantgazelle.runner.firstrun;

import ca.assistantgazelle.runner.plan.Plan;
import ca.assistantgazelle.runner.process.Console;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.StringJoiner;
import java.util.concurrent.locks.LockSupport;

/** Runs a job through the gateway, as a person would, and shows how it goes. */
public final class FirstRun {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration LIMIT = Duration.ofMinutes(15);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Plan plan;
  private final Console console;

  public FirstRun(Plan plan, Console console) {
    this.plan = plan;
    this.console = console;
  }

  /** Runs the job and waits for its end; true when it succeeded. */
  public boolean run(String job) throws IOException, InterruptedException {
    console.step("first run     " + job);
    var asked = send("POST", "/api/scheduler/run/" + job);
    var runId = asked.path("run_id").asText(asked.path("running_run_id").asText(null));
    if (runId == null) {
      console.step(job + " could not be started: " + asked.path("detail").asText());
      return false;
    }
    var run = follow(runId);
    show(job, run);
    return run.path("status").asText().equals("success");
  }

  private JsonNode follow(String runId) throws IOException, InterruptedException {
    var limit = System.nanoTime() + LIMIT.toNanos();
    String shown = "";
    while (true) {
      var run = send("GET", "/api/scheduler/runs/" + runId);
      var line = new StringJoiner(", ");
      run.path("progress")
          .path("entities")
          .properties()
          .forEach(
              entity ->
                  line.add(
                      "%s %d of %d"
                          .formatted(
                              entity.getKey(),
                              entity.getValue().path("read").asInt(),
                              entity.getValue().path("total").asInt())));
      if (line.length() > 0 && !line.toString().equals(shown)) {
        console.step("              " + line);
        shown = line.toString();
      }
      var status = run.path("status").asText();
      boolean open = status.equals("queued") || status.equals("running");
      if (!open || System.nanoTime() > limit) {
        return run;
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private void show(String job, JsonNode run) {
    console.step(
        job
            + ": "
            + run.path("status").asText()
            + (run.path("error").isObject()
                ? " — "
                    + run.path("error").path("message").asText()
                    + " "
                    + run.path("error").path("suggestion").asText("")
                : ""));
    run.path("counts")
        .properties()
        .forEach(
            entity ->
                console.plain(
                    "          %-13s %6d read, %d new, %d changed, %d gone, %d set aside"
                        .formatted(
                            entity.getKey(),
                            entity.getValue().path("fetched").asInt(),
                            entity.getValue().path("inserted").asInt(),
                            entity.getValue().path("updated").asInt(),
                            entity.getValue().path("deleted").asInt(),
                            entity.getValue().path("quarantined").asInt())));
  }

  private JsonNode send(String method, String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(plan.gatewayUrl() + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }
}

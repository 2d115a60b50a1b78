package ca.assistantgazelle.runner.firstrun;

import ca.assistantgazelle.operator.api.Api;
import ca.assistantgazelle.operator.api.ApiException;
import ca.assistantgazelle.operator.api.Following;
import ca.assistantgazelle.operator.view.Views;
import ca.assistantgazelle.runner.plan.Plan;
import ca.assistantgazelle.runner.process.Console;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** Runs a job through the gateway, as a person would, and shows how it goes. */
public final class FirstRun {
  private static final Duration LIMIT = Duration.ofMinutes(15);

  private final Api api;
  private final Console console;

  public FirstRun(Plan plan, Console console) {
    this.api = new Api(plan.gatewayUrl(), null);
    this.console = console;
  }

  /** Runs the job and waits for its end; true when it succeeded. */
  public boolean run(String job) throws InterruptedException {
    console.step("first run     " + job);
    try {
      var runId = started(job);
      var end =
          new Following(api, line -> console.step("              " + line)).follow(runId, LIMIT);
      if (end.isEmpty()) {
        console.step(
            job + " goes on after " + LIMIT.toMinutes() + " minutes: ./gazelle show " + runId);
        return false;
      }
      show(job, end.get());
      return end.get().path("status").asText().equals("success");
    } catch (ApiException e) {
      console.step(job + " could not be run: " + e.getMessage());
      return false;
    }
  }

  // The clock may have been quicker: a fire that fell due while nothing ran.
  private String started(String job) {
    try {
      return api.post("/api/scheduler/run/" + job, null).path("run_id").asText();
    } catch (ApiException e) {
      return e.runningRunId().orElseThrow(() -> e);
    }
  }

  private void show(String job, JsonNode run) {
    var error = run.path("error");
    console.step(
        job
            + ": "
            + run.path("status").asText()
            + (error.isObject()
                ? " — " + error.path("message").asText() + " " + error.path("suggestion").asText("")
                : ""));
    if (run.path("counts").size() > 0) {
      console.plain(Views.counts(run.path("counts")).indent(10).stripTrailing());
    }
  }
}

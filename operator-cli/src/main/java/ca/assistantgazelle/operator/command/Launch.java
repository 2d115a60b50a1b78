package ca.assistantgazelle.operator.command;

import ca.assistantgazelle.operator.api.Api;
import ca.assistantgazelle.operator.api.ExitCode;
import ca.assistantgazelle.operator.api.Following;
import ca.assistantgazelle.operator.view.Views;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Starts a run, and follows it when asked to. */
final class Launch {
  @Option(names = "--wait", description = "follow it to its end, showing how far it is")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "14400",
      description = "how long --wait waits (default: ${DEFAULT-VALUE})")
  private long timeout;

  @Option(names = "--dry-run", description = "check everything, run nothing")
  private boolean dryRun;

  /**
   * @param parameters of the job; null = none
   * @return the exit code
   */
  int run(Connection connection, String job, ObjectNode parameters) throws InterruptedException {
    var api = connection.api();
    var answer =
        api.post("/api/scheduler/run/" + job + (dryRun ? "?dry_run=true" : ""), parameters);
    if (dryRun) {
      connection.show(
          answer, "Would run " + job + " with " + answer.path("parameters") + ". Nothing was run.");
      return ExitCode.OK.code();
    }
    var runId = answer.path("run_id").asText();
    if (wait) {
      return follow(connection, api, runId);
    }
    connection.show(answer, "Run " + runId + " is queued. Follow it with: ./gazelle show " + runId);
    return ExitCode.OK.code();
  }

  private int follow(Connection connection, Api api, String runId) throws InterruptedException {
    var end = new Following(api, progress(connection)).follow(runId, Duration.ofSeconds(timeout));
    if (end.isEmpty()) {
      connection.out().println("Run " + runId + " goes on; the time to wait is over.");
      connection.out().flush();
      return ExitCode.STILL_RUNNING.code();
    }
    var run = end.get();
    connection.show(run, summary(run));
    return run.path("status").asText().equals("success")
        ? ExitCode.OK.code()
        : ExitCode.FAILED.code();
  }

  // With --json nothing but the document goes to the output.
  private static Consumer<String> progress(Connection connection) {
    return connection.json()
        ? line -> {}
        : line -> {
          connection.out().println(line);
          connection.out().flush();
        };
  }

  private static String summary(JsonNode run) {
    var error = run.path("error");
    return (error.isObject()
            ? error.path("class").asText()
                + ": "
                + error.path("message").asText()
                + "\nWhat to try: "
                + error.path("suggestion").asText("–")
                + "\n"
            : "")
        + (run.path("counts").size() > 0 ? Views.counts(run.path("counts")) + "\n" : "")
        + "Run "
        + run.path("run_id").asText();
  }
}

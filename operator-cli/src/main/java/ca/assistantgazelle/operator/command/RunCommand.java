package ca.assistantgazelle.operator.command;

import ca.assistantgazelle.operator.api.Api;
import ca.assistantgazelle.operator.api.ExitCode;
import ca.assistantgazelle.operator.api.Following;
import ca.assistantgazelle.operator.view.Views;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "run",
    description = "Runs a job now.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 success, 1 the run failed, 2 usage, 3 nobody answers, 4 not allowed, 5 no such job,",
      "6 the job runs already, 7 the time to wait is over and the run goes on."
    })
final class RunCommand implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Mixin private Connection connection;

  @Parameters(paramLabel = "JOB", description = "for example sync_gazelle_2h")
  private String job;

  @Option(
      names = {"-p", "--parameter"},
      paramLabel = "NAME=VALUE",
      description = "a parameter of the job, for example -p mode=full; a value may be JSON")
  private Map<String, String> parameters = new LinkedHashMap<>();

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

  @Override
  public Integer call() throws InterruptedException {
    var api = connection.api();
    var path = "/api/scheduler/run/" + job + (dryRun ? "?dry_run=true" : "");
    var answer = api.post(path, parameters.isEmpty() ? null : body());
    if (dryRun) {
      connection.show(
          answer, "Would run " + job + " with " + answer.path("parameters") + ". Nothing was run.");
      return ExitCode.OK.code();
    }
    var runId = answer.path("run_id").asText();
    if (wait) {
      return follow(api, runId);
    }
    connection.show(answer, "Run " + runId + " is queued. Follow it with: ./gazelle show " + runId);
    return ExitCode.OK.code();
  }

  private int follow(Api api, String runId) throws InterruptedException {
    var end = new Following(api, progress()).follow(runId, Duration.ofSeconds(timeout));
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
  private Consumer<String> progress() {
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
                + " "
                + error.path("suggestion").asText("")
                + "\n"
            : "")
        + (run.path("counts").size() > 0 ? Views.counts(run.path("counts")) + "\n" : "")
        + "Run "
        + run.path("run_id").asText();
  }

  private ObjectNode body() {
    var body = JSON.createObjectNode();
    parameters.forEach((name, value) -> body.set(name, value(value)));
    return body;
  }

  /** JSON where it is JSON (true, 3, ["a"]), else the text. */
  private static JsonNode value(String text) {
    try {
      var value = JSON.readTree(text);
      return value == null || value.isMissingNode() ? JSON.getNodeFactory().textNode(text) : value;
    } catch (JsonProcessingException notJson) {
      return JSON.getNodeFactory().textNode(text);
    }
  }
}

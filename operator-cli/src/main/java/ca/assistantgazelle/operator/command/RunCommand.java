package ca.assistantgazelle.operator.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
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
  @Mixin private Launch launch;

  @Parameters(paramLabel = "JOB", description = "for example sync_gazelle_2h")
  private String job;

  @Option(
      names = {"-p", "--parameter"},
      paramLabel = "NAME=VALUE",
      description = "a parameter of the job, for example -p mode=full; a value may be JSON")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Override
  public Integer call() throws InterruptedException {
    return launch.run(connection, job, parameters.isEmpty() ? null : body());
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

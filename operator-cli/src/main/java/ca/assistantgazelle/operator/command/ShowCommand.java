package ca.assistantgazelle.operator.command;

import ca.assistantgazelle.operator.view.Views;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "show",
    description = "One run: attempts, counts, error, log.",
    mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private Connection connection;

  @Parameters(paramLabel = "RUN", description = "a run's id, or a job for its newest run")
  private String run;

  @Override
  public Integer call() {
    var shown = connection.api().get("/api/scheduler/runs/" + runId());
    connection.show(shown, Views.run(shown));
    return 0;
  }

  private String runId() {
    if (run.matches("[0-9a-fA-F-]{36}")) {
      return run;
    }
    if (!run.matches("\\w+")) {
      throw new ParameterException(
          command.commandLine(), "'" + run + "' is neither a run's id nor a job");
    }
    var newest = connection.api().get("/api/scheduler/runs?limit=1&job=" + run).path(0);
    if (newest.isMissingNode()) {
      throw new ParameterException(command.commandLine(), "Job " + run + " was never run.");
    }
    return newest.path("run_id").asText();
  }
}

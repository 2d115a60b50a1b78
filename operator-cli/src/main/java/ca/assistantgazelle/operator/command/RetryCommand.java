package ca.assistantgazelle.operator.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "retry",
    description = "Gives a run that was given up a further attempt.",
    mixinStandardHelpOptions = true)
final class RetryCommand implements Callable<Integer> {
  @Mixin private Connection connection;

  @Parameters(paramLabel = "RUN", description = "a run's id, as ./gazelle runs shows it")
  private String run;

  @Option(names = "--dry-run", description = "check everything, change nothing")
  private boolean dryRun;

  @Override
  public Integer call() {
    var answer =
        connection
            .api()
            .post("/api/scheduler/runs/" + run + "/retry" + (dryRun ? "?dry_run=true" : ""), null);
    var status = answer.path("status").asText();
    connection.show(
        answer,
        dryRun
            ? "Would retry run " + run + ", which is " + status + ". Nothing was changed."
            : "Run " + run + " is " + status + ". Follow it with: ./gazelle show " + run);
    return 0;
  }
}

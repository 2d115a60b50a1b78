package ca.assistantgazelle.operator.command;

import ca.assistantgazelle.operator.view.Views;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "logs",
    description = "A job's rows of scheduler_logs, one per attempt, newest first.",
    mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {
  @Mixin private Connection connection;

  @Parameters(paramLabel = "JOB", description = "for example sync_gazelle_2h")
  private String job;

  @Option(
      names = "--limit",
      defaultValue = "20",
      description = "how many (default: ${DEFAULT-VALUE})")
  private int limit;

  @Override
  public Integer call() {
    var logs = connection.api().get("/api/scheduler/logs/" + job + "?limit=" + limit);
    connection.show(logs, logs.isEmpty() ? "This job has no log yet." : Views.logs(logs));
    return 0;
  }
}

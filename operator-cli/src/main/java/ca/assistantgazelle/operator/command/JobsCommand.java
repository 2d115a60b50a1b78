package ca.assistantgazelle.operator.command;

import ca.assistantgazelle.operator.view.Views;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "jobs",
    description = "The jobs, with their last run and last success.",
    mixinStandardHelpOptions = true)
final class JobsCommand implements Callable<Integer> {
  @Mixin private Connection connection;

  @Override
  public Integer call() {
    var status = connection.api().get("/api/scheduler/status");
    connection.show(status.path("jobs"), Views.jobs(status));
    return 0;
  }
}

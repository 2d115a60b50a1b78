package ca.assistantgazelle.operator.command;

import ca.assistantgazelle.operator.view.Views;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "status",
    description = "Where the scheduler and every job stand.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @Mixin private Connection connection;

  @Override
  public Integer call() {
    var status = connection.api().get("/api/scheduler/status");
    connection.show(
        status,
        "%s, %s, %s%n%s"
            .formatted(
                status.path("environment").asText(),
                status.path("zone").asText(),
                status.path("enabled").asBoolean() ? "timetable on" : "runs by hand only",
                Views.jobs(status)));
    return 0;
  }
}

package ca.assistantgazelle.cli.command;

import ca.assistantgazelle.cli.view.OperatorTextViews;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "status",
        description = "Shows the state of the scheduler and of every job.",
        mixinStandardHelpOptions = true)
final class JobStatusCommand implements Callable<Integer> {
    @Mixin
    private ConnectionOptions connection;

    @Override
    public Integer call() {
        var status = connection.client().get("/api/scheduler/status");
        connection.print(
                status,
                "%s, %s, %s%n%s"
                        .formatted(
                                status.path("environment").asText(),
                                status.path("zone").asText(),
                                status.path("enabled").asBoolean() ? "scheduling on" : "manual runs only",
                                OperatorTextViews.jobs(status)));
        return 0;
    }
}

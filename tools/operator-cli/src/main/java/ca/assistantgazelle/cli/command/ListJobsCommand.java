package ca.assistantgazelle.cli.command;

import ca.assistantgazelle.cli.view.OperatorTextViews;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "jobs",
        description = "Lists the jobs with their last run and last success.",
        mixinStandardHelpOptions = true)
final class ListJobsCommand implements Callable<Integer> {
    @Mixin
    private ConnectionOptions connection;

    @Override
    public Integer call() {
        var status = connection.client().get("/api/scheduler/status");
        connection.print(status.path("jobs"), OperatorTextViews.jobs(status));
        return 0;
    }
}

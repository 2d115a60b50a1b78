package ca.assistantgazelle.cli.command;

import ca.assistantgazelle.cli.view.OperatorTextViews;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        description = "Lists a job's rows of scheduler_logs, one per attempt, newest first.",
        mixinStandardHelpOptions = true)
final class JobLogsCommand implements Callable<Integer> {
    @Mixin
    private ConnectionOptions connection;

    @Parameters(paramLabel = "JOB", description = "for example sync_gazelle_2h")
    private String job;

    @Option(names = "--limit", defaultValue = "20", description = "maximum number of rows (default: ${DEFAULT-VALUE})")
    private int limit;

    @Override
    public Integer call() {
        var logs = connection.client().get("/api/scheduler/logs/" + job + "?limit=" + limit);
        connection.print(logs, logs.isEmpty() ? "This job has no log rows yet." : OperatorTextViews.logs(logs));
        return 0;
    }
}

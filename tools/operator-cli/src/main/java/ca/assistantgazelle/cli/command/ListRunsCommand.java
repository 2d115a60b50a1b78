package ca.assistantgazelle.cli.command;

import ca.assistantgazelle.cli.view.OperatorTextViews;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "runs", description = "Lists runs, newest first.", mixinStandardHelpOptions = true)
final class ListRunsCommand implements Callable<Integer> {
    @Mixin
    private ConnectionOptions connection;

    @Option(names = "--job", paramLabel = "JOB", description = "only runs of this job")
    private String job;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "queued, running, waiting_retry, success, error, cancelled or not_run")
    private String status;

    @Option(names = "--from", paramLabel = "WHEN", description = "created at or after: a date (Montréal) or an instant")
    private String from;

    @Option(names = "--to", paramLabel = "WHEN", description = "created before")
    private String to;

    @Option(names = "--limit", defaultValue = "20", description = "maximum number of runs (default: ${DEFAULT-VALUE})")
    private int limit;

    @Override
    public Integer call() {
        var query = new StringJoiner("&", "?", "").add("limit=" + limit);
        add(query, "job", job);
        add(query, "status", status);
        add(query, "from", from);
        add(query, "to", to);
        var runs = connection.client().get("/api/scheduler/runs" + query);
        connection.print(runs, runs.isEmpty() ? "No matching runs." : OperatorTextViews.runs(runs));
        return 0;
    }

    private static void add(StringJoiner query, String name, String value) {
        if (value != null) {
            query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}

package ca.assistantgazelle.cli.command;

import ca.assistantgazelle.cli.view.OperatorTextViews;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "preview",
        description = "Shows when a job is scheduled to run, clock changes included.",
        mixinStandardHelpOptions = true)
final class PreviewCommand implements Callable<Integer> {
    @Mixin
    private ConnectionOptions connection;

    @Parameters(paramLabel = "JOB", description = "for example timeline_report_daily")
    private String job;

    @Option(names = "--from", required = true, paramLabel = "DATE", description = "first local date")
    private String from;

    @Option(names = "--to", required = true, paramLabel = "DATE", description = "end date, exclusive")
    private String to;

    @Option(
            names = "--env",
            paramLabel = "ENVIRONMENT",
            description = "use the timetable of this environment: local, staging or production")
    private String environment;

    @Override
    public Integer call() {
        var query = "job="
                + encoded(job)
                + "&from="
                + encoded(from)
                + "&to="
                + encoded(to)
                + (environment == null ? "" : "&env=" + encoded(environment));
        var preview = connection.client().get("/api/scheduler/preview?" + query);
        connection.print(preview, OperatorTextViews.preview(preview));
        return 0;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

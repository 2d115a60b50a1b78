package ca.assistantgazelle.cli.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "pause",
        description = "Suspends a job's scheduled runs; manual runs remain possible.",
        mixinStandardHelpOptions = true)
final class PauseCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Mixin
    private ConnectionOptions connection;

    @Parameters(paramLabel = "JOB", description = "for example sync_gazelle_2h")
    private String job;

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "the reason, shown on every run that is suppressed")
    private String reason;

    @Option(
            names = "--until",
            paramLabel = "WHEN",
            description = "when the pause ends automatically: a date (Montréal) or an instant")
    private String until;

    @Option(names = "--dry-run", description = "validate only, change nothing")
    private boolean dryRun;

    @Override
    public Integer call() {
        var body = JSON.createObjectNode().put("reason", reason);
        if (until != null) {
            body.put("until", until);
        }
        var answer = connection
                .client()
                .post("/api/scheduler/jobs/" + job + "/pause" + (dryRun ? "?dry_run=true" : ""), body);
        connection.print(
                answer,
                dryRun
                        ? "Would pause " + job + ". Nothing was changed."
                        : job + " is paused. Resume it with: ./gazelle resume " + job);
        return 0;
    }
}

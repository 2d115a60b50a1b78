package ca.assistantgazelle.cli.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "resume", description = "Resumes the scheduled runs of a paused job.", mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Mixin
    private ConnectionOptions connection;

    @Parameters(paramLabel = "JOB", description = "for example sync_gazelle_2h")
    private String job;

    @Option(
            names = "--catch-up",
            paramLabel = "none|last|all",
            defaultValue = "none",
            description = "which of the runs suppressed by the pause to run now (default: ${DEFAULT-VALUE})")
    private String catchUp;

    @Option(names = "--dry-run", description = "validate only, change nothing")
    private boolean dryRun;

    @Override
    public Integer call() {
        var answer = connection
                .client()
                .post(
                        "/api/scheduler/jobs/" + job + "/resume" + (dryRun ? "?dry_run=true" : ""),
                        JSON.createObjectNode().put("catch_up", catchUp));
        connection.print(
                answer,
                dryRun
                        ? "Would resume " + job + ". Nothing was changed."
                        : job + " is resumed; runs caught up: "
                                + answer.path("caught_up").asInt() + ".");
        return 0;
    }
}

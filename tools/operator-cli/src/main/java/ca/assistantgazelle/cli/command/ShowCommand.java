package ca.assistantgazelle.cli.command;

import ca.assistantgazelle.cli.view.OperatorTextViews;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "show", description = "Shows one run: attempts, counts, error, log.", mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private ConnectionOptions connection;

    @Parameters(paramLabel = "RUN", description = "a run id, or a job for its newest run")
    private String run;

    @Override
    public Integer call() {
        var shown = connection.client().get("/api/scheduler/runs/" + runId());
        connection.print(shown, OperatorTextViews.run(shown));
        return 0;
    }

    private String runId() {
        if (run.matches("[0-9a-fA-F-]{36}")) {
            return run;
        }
        if (!run.matches("\\w+")) {
            throw new ParameterException(command.commandLine(), "'" + run + "' is neither a run id nor a job name");
        }
        var newest = connection
                .client()
                .get("/api/scheduler/runs?limit=1&job=" + run)
                .path(0);
        if (newest.isMissingNode()) {
            throw new ParameterException(command.commandLine(), "Job " + run + " has no runs yet.");
        }
        return newest.path("run_id").asText();
    }
}

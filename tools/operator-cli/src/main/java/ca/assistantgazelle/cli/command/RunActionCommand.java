package ca.assistantgazelle.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Base of the commands that change the state of one run. */
abstract class RunActionCommand implements Callable<Integer> {
    private final String action;

    @Mixin
    private ConnectionOptions connection;

    @Parameters(paramLabel = "RUN", description = "a run's id, as ./gazelle runs shows it")
    private String run;

    @Option(names = "--dry-run", description = "validate only, change nothing")
    private boolean dryRun;

    /** @param verb last segment of the API's path */
    RunActionCommand(String verb) {
        this.action = verb;
    }

    @Override
    public Integer call() {
        var path = "/api/scheduler/runs/" + run + "/" + action + (dryRun ? "?dry_run=true" : "");
        var answer = connection.client().post(path, null);
        var status = answer.path("status").asText();
        connection.print(
                answer,
                dryRun
                        ? "Would " + action + " run " + run + ", which is " + status + ". Nothing was changed."
                        : action.equals("cancel") && status.equals("running")
                                ? "Run " + run + ": cancellation requested. Follow it with: ./gazelle show " + run
                                : "Run " + run + " is " + status + ". Follow it with: ./gazelle show " + run);
        return 0;
    }
}

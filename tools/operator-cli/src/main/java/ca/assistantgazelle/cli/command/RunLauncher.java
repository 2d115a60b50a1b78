package ca.assistantgazelle.cli.command;

import ca.assistantgazelle.cli.client.CliExitCode;
import ca.assistantgazelle.cli.client.RunFollower;
import ca.assistantgazelle.cli.client.SchedulerClient;
import ca.assistantgazelle.cli.view.OperatorTextViews;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Starts a run and, with --wait, follows it. */
final class RunLauncher {
    @Option(names = "--wait", description = "wait for the end of the run, showing its progress")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "14400",
            description = "maximum time for --wait (default: ${DEFAULT-VALUE})")
    private long timeout;

    @Option(names = "--dry-run", description = "validate only, run nothing")
    private boolean dryRun;

    /**
     * @param parameters of the job; null = none
     * @return the exit code
     */
    int launch(ConnectionOptions connection, String job, ObjectNode parameters) throws InterruptedException {
        var api = connection.client();
        var answer = api.post("/api/scheduler/run/" + job + (dryRun ? "?dry_run=true" : ""), parameters);
        if (dryRun) {
            connection.print(answer, "Would run " + job + " with " + answer.path("parameters") + ". Nothing was run.");
            return CliExitCode.OK.code();
        }
        var runId = answer.path("run_id").asText();
        if (wait) {
            return follow(connection, api, runId);
        }
        connection.print(answer, "Run " + runId + " is queued. Follow it with: ./gazelle show " + runId);
        return CliExitCode.OK.code();
    }

    private int follow(ConnectionOptions connection, SchedulerClient api, String runId) throws InterruptedException {
        var end = new RunFollower(api, progressPrinter(connection)).follow(runId, Duration.ofSeconds(timeout));
        if (end.isEmpty()) {
            connection.out().println("Run " + runId + " has not ended within --timeout; it continues.");
            connection.out().flush();
            return CliExitCode.STILL_RUNNING.code();
        }
        var run = end.get();
        connection.print(run, summary(run));
        return run.path("status").asText().equals("success") ? CliExitCode.OK.code() : CliExitCode.FAILED.code();
    }

    // With --json, only the document is written to the output.
    private static Consumer<String> progressPrinter(ConnectionOptions connection) {
        return connection.json()
                ? line -> {}
                : line -> {
                    connection.out().println(line);
                    connection.out().flush();
                };
    }

    private static String summary(JsonNode run) {
        var error = run.path("error");
        return (error.isObject()
                        ? error.path("class").asText()
                                + ": "
                                + error.path("message").asText()
                                + "\nWhat to try: "
                                + error.path("suggestion").asText("–")
                                + "\n"
                        : "")
                + (run.path("counts").size() > 0 ? OperatorTextViews.counts(run.path("counts")) + "\n" : "")
                + "Run "
                + run.path("run_id").asText();
    }
}

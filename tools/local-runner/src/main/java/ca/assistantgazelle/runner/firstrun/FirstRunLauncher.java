package ca.assistantgazelle.runner.firstrun;

import ca.assistantgazelle.cli.client.RunFollower;
import ca.assistantgazelle.cli.client.SchedulerApiException;
import ca.assistantgazelle.cli.client.SchedulerClient;
import ca.assistantgazelle.cli.view.OperatorTextViews;
import ca.assistantgazelle.runner.plan.LocalSystemPlan;
import ca.assistantgazelle.runner.process.RunnerConsole;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** Runs a job through the gateway, as a user would, and shows its progress. */
public final class FirstRunLauncher {
    private static final Duration TIMEOUT = Duration.ofMinutes(15);

    private final SchedulerClient api;
    private final RunnerConsole console;

    public FirstRunLauncher(LocalSystemPlan plan, RunnerConsole console) {
        this.api = new SchedulerClient(plan.gatewayUrl(), null);
        this.console = console;
    }

    /** Runs the job and waits for its end; true when it succeeded. */
    public boolean run(String job) throws InterruptedException {
        console.printStep("first run     " + job);
        try {
            var runId = startOrJoin(job);
            var end = new RunFollower(api, line -> console.printStep("              " + line)).follow(runId, TIMEOUT);
            if (end.isEmpty()) {
                console.printStep(
                        job + " is still running after " + TIMEOUT.toMinutes() + " minutes: ./gazelle show " + runId);
                return false;
            }
            printResult(job, end.get());
            return end.get().path("status").asText().equals("success");
        } catch (SchedulerApiException e) {
            console.printStep(job + " could not be run: " + e.getMessage());
            return false;
        }
    }

    // The scheduler may have started the job already, to catch up a fire missed while down.
    private String startOrJoin(String job) {
        try {
            return api.post("/api/scheduler/run/" + job, null).path("run_id").asText();
        } catch (SchedulerApiException e) {
            return e.runningRunId().orElseThrow(() -> e);
        }
    }

    private void printResult(String job, JsonNode run) {
        var error = run.path("error");
        console.printStep(job
                + ": "
                + run.path("status").asText()
                + (error.isObject()
                        ? " — " + error.path("message").asText() + " "
                                + error.path("suggestion").asText("")
                        : ""));
        if (run.path("counts").size() > 0) {
            console.printLine(
                    OperatorTextViews.counts(run.path("counts")).indent(10).stripTrailing());
        }
    }
}

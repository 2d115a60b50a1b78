package ca.assistantgazelle.runner.command;

import ca.assistantgazelle.runner.plan.LocalSystemState;
import ca.assistantgazelle.runner.plan.StateDirectory;
import ca.assistantgazelle.runner.process.RunnerConsole;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;

/** Stops everything that {@code up} started. */
@Command(name = "down", description = "Stops everything that was started.", mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        var home = StateDirectory.of(GazelleCommand.repository());
        var console = new RunnerConsole(System.out);
        var state = LocalSystemState.read(home);
        if (state.isEmpty()) {
            console.printLine("Nothing is running.");
            return 0;
        }
        if (state.get().hasRunningSupervisor()) {
            console.printStep("stopping: running jobs finish or are handed over");
            stopSupervisor(ProcessHandle.of(state.get().supervisor()).orElseThrow());
        }
        StaleProcesses.stop(state.get());
        LocalSystemState.delete(home);
        console.printStep("stopped; the data remains in .gazelle");
        return 0;
    }

    private static void stopSupervisor(ProcessHandle supervisor) throws InterruptedException, ExecutionException {
        supervisor.destroy();
        try {
            supervisor.onExit().get(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            supervisor.destroyForcibly();
        }
    }
}

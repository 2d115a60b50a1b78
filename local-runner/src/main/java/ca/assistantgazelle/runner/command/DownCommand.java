package ca.assistantgazelle.runner.command;

import ca.assistantgazelle.runner.plan.Home;
import ca.assistantgazelle.runner.plan.SystemState;
import ca.assistantgazelle.runner.process.Console;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;

/** Stops everything that {@code up} started. */
@Command(
    name = "down",
    description = "Stops everything that was started.",
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    var home = Home.of(GazelleCommand.repository());
    var console = new Console(System.out);
    var state = SystemState.read(home);
    if (state.isEmpty()) {
      console.plain("Nothing runs.");
      return 0;
    }
    if (state.get().stillRuns()) {
      console.step("stopping: running jobs may finish or are handed over");
      stopSupervisor(ProcessHandle.of(state.get().supervisor()).orElseThrow());
    }
    Leftovers.stop(state.get());
    SystemState.forget(home);
    console.step("stopped; what was stored stays in .gazelle");
    return 0;
  }

  private static void stopSupervisor(ProcessHandle supervisor)
      throws InterruptedException, ExecutionException {
    supervisor.destroy();
    try {
      supervisor.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      supervisor.destroyForcibly();
    }
  }
}

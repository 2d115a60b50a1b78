package ca.assistantgazelle.runner.command;

import ca.assistantgazelle.runner.plan.SystemState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends processes of a system, also of one whose supervisor was killed. */
final class Leftovers {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Leftovers() {}

  /** Asks every process to end, and makes those end that do not. */
  static void stop(SystemState state) {
    List<ProcessHandle> processes =
        state.processes().values().stream()
            .flatMap(pid -> ProcessHandle.of(pid).stream())
            .filter(Leftovers::isOurs)
            .toList();
    processes.forEach(ProcessHandle::destroy);
    var ends =
        CompletableFuture.allOf(
            processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
    try {
      ends.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      processes.forEach(ProcessHandle::destroyForcibly);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  // A pid may have been given to somebody else since.
  private static boolean isOurs(ProcessHandle process) {
    return process
        .info()
        .command()
        .map(command -> command.endsWith("java") || command.endsWith("postgres"))
        .orElse(false);
  }
}

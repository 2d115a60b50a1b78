package ca.assistantgazelle.runner.command;

import ca.assistantgazelle.runner.plan.LocalSystemState;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Stops the processes of a local system, including one whose supervisor was killed. */
final class StaleProcesses {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    private StaleProcesses() {}

    /** Terminates all processes, and kills those that do not end in time. */
    static void stop(LocalSystemState state) {
        var processes = state.survivingProcesses();
        processes.forEach(ProcessHandle::destroy);
        var ends = CompletableFuture.allOf(
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
        try {
            ends.get(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            processes.forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}

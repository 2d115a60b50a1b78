package ca.assistantgazelle.emulators;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a short command and waits until it ends. */
public final class CommandRunner {
    private static final long TIMEOUT_SECONDS = 120;

    /** Exit code, and standard output and standard error combined. */
    public record CommandResult(int exitCode, String output) {
        public boolean succeeded() {
            return exitCode == 0;
        }
    }

    private CommandRunner() {}

    /**
     * @return exit code 127 if the program does not exist
     * @throws EmulatorException if it does not end within two minutes
     */
    public static CommandResult run(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new EmulatorException(command.getFirst() + " timed out after two minutes");
            }
            return new CommandResult(process.exitValue(), output.strip());
        } catch (IOException noSuchProgram) {
            return new CommandResult(127, String.valueOf(noSuchProgram.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmulatorException("Interrupted while waiting for " + command.getFirst(), e);
        }
    }
}

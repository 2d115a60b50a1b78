package ca.assistantgazelle.runner.process;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Prints messages for the user; a step is printed with the seconds since the start. */
public final class RunnerConsole {
    private final PrintStream out;
    private final long startNanos = System.nanoTime();

    public RunnerConsole(OutputStream out) {
        this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    public synchronized void printStep(String text) {
        out.printf(
                "%5.1f s  %s%n",
                Duration.ofNanos(System.nanoTime() - startNanos).toMillis() / 1000.0, text);
    }

    public synchronized void printLine(String text) {
        out.println(text);
    }
}

package ca.assistantgazelle.runner.process;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a person sees while the system starts, each line with the seconds since the beginning. */
public final class Console {
  private final PrintStream out;
  private final long begin = System.nanoTime();

  public Console(OutputStream out) {
    this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
  }

  public synchronized void step(String text) {
    out.printf(
        "%5.1f s  %s%n", Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0, text);
  }

  public synchronized void plain(String text) {
    out.println(text);
  }
}

package ca.assistantgazelle.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a short command to its end. */
public final class Command {
  private static final long LIMIT_SECONDS = 120;

  /** What became of it: exit code, and standard output and error together. */
  public record Result(int exitCode, String output) {
    public boolean succeeded() {
      return exitCode == 0;
    }
  }

  private Command() {}

  /**
   * @return exit code 127 when there is no such program
   * @throws PeerException when it does not end within two minutes
   */
  public static Result run(List<String> command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new PeerException(command.getFirst() + " did not end within two minutes");
      }
      return new Result(process.exitValue(), output.strip());
    } catch (IOException noSuchProgram) {
      return new Result(127, String.valueOf(noSuchProgram.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PeerException("interrupted while waiting for " + command.getFirst(), e);
    }
  }
}

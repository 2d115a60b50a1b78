package ca.assistantgazelle.runner.command;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The verbs of {@code ./gazelle} that start, stop and show a local system. */
@Command(
    name = "./gazelle",
    description = "Runs Gazelle Automation on this machine.",
    subcommands = {UpCommand.class, DownCommand.class, StatusCommand.class, LogsCommand.class})
public final class GazelleCommand {
  /** The repository's root; the launcher passes it. */
  static Path repository() {
    return Path.of(System.getProperty("gazelle.repository", ".")).toAbsolutePath().normalize();
  }

  public static void main(String[] arguments) {
    var line = new CommandLine(new GazelleCommand());
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println(String.valueOf(failure.getMessage()));
          return 1;
        });
    System.exit(line.execute(arguments));
  }
}

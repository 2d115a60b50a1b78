package ca.assistantgazelle.runner.command;

import ca.assistantgazelle.operator.api.ExitCode;
import ca.assistantgazelle.runner.plan.Home;
import ca.assistantgazelle.runner.process.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what the processes wrote. */
@Command(
    name = "logs",
    description = "Shows the end of a log, or of all logs.",
    mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(
      arity = "0..1",
      paramLabel = "service",
      description = {
        "for example sync-service; all when absent.",
        "A job's name instead shows its rows of scheduler_logs: ./gazelle logs JOB --help"
      })
  private String service;

  @Option(
      names = "--lines",
      defaultValue = "100",
      description = "how many lines of each (default: ${DEFAULT-VALUE})")
  private int lines;

  @Override
  public Integer call() throws IOException {
    var folder = Home.of(GazelleCommand.repository()).folder("logs");
    var console = new Console(System.out);
    List<Path> logs = logs(folder);
    var chosen =
        logs.stream()
            .filter(
                log ->
                    service == null
                        || name(log).equals(service)
                        || name(log).equals(service + "-service"))
            .toList();
    if (chosen.isEmpty()) {
      command
          .commandLine()
          .getErr()
          .println(
              service == null
                  ? "There are no logs yet."
                  : "There is no log of '"
                      + service
                      + "'; there are "
                      + logs.stream().map(LogsCommand::name).toList());
      return ExitCode.NOT_FOUND.code();
    }
    for (var log : chosen) {
      var content = Files.readAllLines(log);
      console.plain("==> " + name(log) + " (" + log + ")");
      content.subList(Math.max(0, content.size() - lines), content.size()).forEach(console::plain);
    }
    return 0;
  }

  private static List<Path> logs(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
  }

  private static String name(Path log) {
    return log.getFileName().toString().replaceFirst("\\.log$", "");
  }
}

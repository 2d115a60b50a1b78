package ca.assistantgazelle.runner.command;

import ca.assistantgazelle.cli.client.CliExitCode;
import ca.assistantgazelle.runner.plan.StateDirectory;
import ca.assistantgazelle.runner.process.RunnerConsole;
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

/** Shows the logs of the processes. */
@Command(name = "logs", description = "Shows the end of a log, or of all logs.", mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Parameters(
            arity = "0..1",
            paramLabel = "service",
            description = {
                "for example sync-service (default: all logs).",
                "A job name shows the job's rows of scheduler_logs instead: see ./gazelle logs JOB --help"
            })
    private String service;

    @Option(
            names = "--lines",
            defaultValue = "100",
            description = "number of lines of each log (default: ${DEFAULT-VALUE})")
    private int lines;

    @Override
    public Integer call() throws IOException {
        var folder = StateDirectory.of(GazelleCommand.repository()).folder("logs");
        var console = new RunnerConsole(System.out);
        List<Path> logs = logs(folder);
        var chosen = logs.stream()
                .filter(log -> service == null
                        || name(log).equals(service)
                        || name(log).equals(service + "-service"))
                .toList();
        if (chosen.isEmpty()) {
            command.commandLine()
                    .getErr()
                    .println(
                            service == null
                                    ? "There are no logs yet."
                                    : "No log of '"
                                            + service
                                            + "'; available logs: "
                                            + logs.stream()
                                                    .map(LogsCommand::name)
                                                    .toList());
            return CliExitCode.NOT_FOUND.code();
        }
        for (var log : chosen) {
            var content = Files.readAllLines(log);
            console.printLine("==> " + name(log) + " (" + log + ")");
            content.subList(Math.max(0, content.size() - lines), content.size()).forEach(console::printLine);
        }
        return 0;
    }

    private static List<Path> logs(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path log) {
        return log.getFileName().toString().replaceFirst("\\.log$", "");
    }
}

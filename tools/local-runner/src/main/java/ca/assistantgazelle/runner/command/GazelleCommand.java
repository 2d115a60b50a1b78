package ca.assistantgazelle.runner.command;

import ca.assistantgazelle.cli.command.OperatorCommand;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of {@code ./gazelle}: those for the local system and the operator's. */
@Command(
        name = "./gazelle",
        description = "Runs Gazelle Automation on this machine.",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            CompletionCommand.class
        })
public final class GazelleCommand {
    private GazelleCommand() {}

    /** The repository's root; the launcher passes it. */
    static Path repository() {
        return Path.of(System.getProperty("gazelle.repository", "."))
                .toAbsolutePath()
                .normalize();
    }

    static CommandLine commandLine() {
        var line = new CommandLine(new GazelleCommand());
        for (var verb : OperatorCommand.subcommands()) {
            line.addSubcommand(verb);
        }
        return line.setExecutionExceptionHandler(OperatorCommand.exceptionHandler());
    }

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }
}

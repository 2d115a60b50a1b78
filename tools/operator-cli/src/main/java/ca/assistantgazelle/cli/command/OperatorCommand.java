package ca.assistantgazelle.cli.command;

import ca.assistantgazelle.cli.client.CliExitCode;
import ca.assistantgazelle.cli.client.SchedulerApiException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/** The operator's commands. */
@Command(
        name = "./gazelle",
        description = "Runs and monitors jobs through the scheduler's API.",
        subcommands = {
            JobStatusCommand.class,
            ListJobsCommand.class,
            RunCommand.class,
            ListRunsCommand.class,
            ShowCommand.class,
            CancelCommand.class,
            RetryCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            PreviewCommand.class,
            NotesCommand.class,
            JobLogsCommand.class
        })
public final class OperatorCommand {
    private OperatorCommand() {}

    /** Creates the command line without executing it. */
    public static CommandLine commandLine() {
        var line = new CommandLine(new OperatorCommand()).setExecutionExceptionHandler(exceptionHandler());
        // A note may begin with a minus: "-2°C, 60 %".
        line.getSubcommands().get("notes").getSubcommands().get("explain").setUnmatchedOptionsArePositionalParams(true);
        return line;
    }

    /** Prints the message of an exception and maps it to an exit code. */
    public static IExecutionExceptionHandler exceptionHandler() {
        return (failure, command, parsed) -> {
            command.getErr().println(failure.getMessage());
            return failure instanceof SchedulerApiException e ? e.exitCode().code() : CliExitCode.FAILED.code();
        };
    }

    /** The subcommands, for use in another command line. */
    public static Object[] subcommands() {
        return new Object[] {
            new ListJobsCommand(),
            new RunCommand(),
            new ListRunsCommand(),
            new ShowCommand(),
            new CancelCommand(),
            new RetryCommand(),
            new PauseCommand(),
            new ResumeCommand(),
            new PreviewCommand(),
            new NotesCommand()
        };
    }

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }
}

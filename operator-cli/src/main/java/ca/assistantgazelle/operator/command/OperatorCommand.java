package ca.assistantgazelle.operator.command;

import ca.assistantgazelle.operator.api.ApiException;
import ca.assistantgazelle.operator.api.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/** The operator's verbs. */
@Command(
    name = "./gazelle",
    description = "Runs and watches jobs over the scheduler's API.",
    subcommands = {
      StatusCommand.class,
      JobsCommand.class,
      RunCommand.class,
      RunsCommand.class,
      ShowCommand.class,
      CancelCommand.class,
      RetryCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      PreviewCommand.class,
      NotesCommand.class,
      LogsCommand.class
    })
public final class OperatorCommand {
  private OperatorCommand() {}

  /** The command line, not yet run. */
  public static CommandLine line() {
    var line = new CommandLine(new OperatorCommand()).setExecutionExceptionHandler(failure());
    // A note may begin with a minus: "-2°C, 60 %".
    line.getSubcommands()
        .get("notes")
        .getSubcommands()
        .get("explain")
        .setUnmatchedOptionsArePositionalParams(true);
    return line;
  }

  /** Says what is wrong in one sentence; the exit code tells a script. */
  public static IExecutionExceptionHandler failure() {
    return (failure, command, parsed) -> {
      command.getErr().println(failure.getMessage());
      return failure instanceof ApiException e ? e.exitCode().code() : ExitCode.FAILED.code();
    };
  }

  /** The verbs, to be added to another command line. */
  public static Object[] verbs() {
    return new Object[] {
      new JobsCommand(),
      new RunCommand(),
      new RunsCommand(),
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
    System.exit(line().execute(arguments));
  }
}

package ca.assistantgazelle.operator.command;

import picocli.CommandLine.Command;

@Command(
    name = "retry",
    description = "Gives a run that was given up a further attempt.",
    mixinStandardHelpOptions = true)
final class RetryCommand extends ActionOnRun {
  RetryCommand() {
    super("retry");
  }
}

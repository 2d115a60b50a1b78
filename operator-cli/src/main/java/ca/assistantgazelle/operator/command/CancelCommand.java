package ca.assistantgazelle.operator.command;

import picocli.CommandLine.Command;

@Command(
    name = "cancel",
    description = "Ends a run. What runs is asked to stop, and its worker acknowledges.",
    mixinStandardHelpOptions = true)
final class CancelCommand extends ActionOnRun {
  CancelCommand() {
    super("cancel");
  }
}

package ca.assistantgazelle.cli.command;

import picocli.CommandLine.Command;

@Command(
        name = "cancel",
        description = "Cancels a run. A running attempt is asked to stop, and its worker confirms.",
        mixinStandardHelpOptions = true)
final class CancelCommand extends RunActionCommand {
    CancelCommand() {
        super("cancel");
    }
}

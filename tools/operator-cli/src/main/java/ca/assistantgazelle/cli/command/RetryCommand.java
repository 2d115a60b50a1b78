package ca.assistantgazelle.cli.command;

import picocli.CommandLine.Command;

@Command(
        name = "retry",
        description = "Starts a further attempt of a failed or cancelled run.",
        mixinStandardHelpOptions = true)
final class RetryCommand extends RunActionCommand {
    RetryCommand() {
        super("retry");
    }
}

package ca.assistantgazelle.runner.command;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the completion script for bash and zsh. */
@Command(
        name = "completion",
        description = "Prints a completion script: source <(./gazelle completion)",
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
    /** Commands of ./gazelle implemented by other programs, with their subcommands. */
    private static final Map<String, List<String>> EXTERNAL_COMMANDS = Map.of(
            "backup",
            List.of("list", "verify", "restore", "drill", "retention", "pin", "catalog", "keygen"),
            "simulate",
            List.of(),
            "test",
            List.of(),
            "build",
            List.of(),
            "bench",
            List.of());

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        var line = GazelleCommand.commandLine();
        EXTERNAL_COMMANDS.forEach((verb, verbs) -> line.addSubcommand(verb, new CommandLine(commandSpec(verb, verbs))));
        var script = AutoComplete.bash("gazelle", line);
        // The generated script registers the bare name only; users type ./gazelle.
        command.commandLine()
                .getOut()
                .println(script.replaceAll("(?m)^(complete .* )gazelle( gazelle\\.\\S*)*$", "$1gazelle ./gazelle"));
        return 0;
    }

    private static CommandSpec commandSpec(String verb, List<String> verbs) {
        var spec = CommandSpec.create().name(verb);
        verbs.forEach(each -> spec.addSubcommand(each, CommandSpec.create().name(each)));
        return spec;
    }
}

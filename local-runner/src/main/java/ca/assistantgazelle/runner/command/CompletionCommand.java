package ca.assistantgazelle.runner.command;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what makes bash and zsh complete verbs and options. */
@Command(
    name = "completion",
    description = "Prints a completion script: source <(./gazelle completion)",
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    var script = AutoComplete.bash("gazelle", GazelleCommand.line());
    // The script registers the bare name; people type it with its path.
    command
        .commandLine()
        .getOut()
        .println(
            script.replaceAll(
                "(?m)^(complete .* )gazelle( gazelle\\.\\S*)*$", "$1gazelle ./gazelle"));
    return 0;
  }
}

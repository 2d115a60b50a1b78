package ca.assistantgazelle.runner.command;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what makes bash and zsh complete verbs and options. */
@Command(
    name = "completion",
    description = "Prints a completion script: source <(./gazelle completion)",
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
  /** Verbs of the launcher that other programs serve, and theirs. */
  private static final Map<String, List<String>> ELSEWHERE =
      Map.of(
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

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    var line = GazelleCommand.line();
    ELSEWHERE.forEach(
        (verb, verbs) -> line.addSubcommand(verb, new CommandLine(named(verb, verbs))));
    var script = AutoComplete.bash("gazelle", line);
    // The script registers the bare name; people type it with its path.
    command
        .commandLine()
        .getOut()
        .println(
            script.replaceAll(
                "(?m)^(complete .* )gazelle( gazelle\\.\\S*)*$", "$1gazelle ./gazelle"));
    return 0;
  }

  private static CommandSpec named(String verb, List<String> verbs) {
    var spec = CommandSpec.create().name(verb);
    verbs.forEach(each -> spec.addSubcommand(each, CommandSpec.create().name(each)));
    return spec;
  }
}

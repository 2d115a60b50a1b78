package ca.assistantgazelle.operator.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "recompute",
    description = "Understands every stored note anew, as part of a sync that is run now.",
    mixinStandardHelpOptions = true)
final class RecomputeNotesCommand implements Callable<Integer> {
  @Mixin private Connection connection;
  @Mixin private Launch launch;

  @Override
  public Integer call() throws InterruptedException {
    var parameters = JsonNodeFactory.instance.objectNode().put("recompute_notes", true);
    return launch.run(connection, "sync_gazelle_2h", parameters);
  }
}

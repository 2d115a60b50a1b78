package ca.assistantgazelle.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "recompute",
        description = "Re-analyses every stored note, as part of a sync that starts now.",
        mixinStandardHelpOptions = true)
final class RecomputeNotesCommand implements Callable<Integer> {
    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private RunLauncher launch;

    @Override
    public Integer call() throws InterruptedException {
        var parameters = JsonNodeFactory.instance.objectNode().put("recompute_notes", true);
        return launch.launch(connection, "sync_gazelle_2h", parameters);
    }
}

package ca.assistantgazelle.backup.command;

import ca.assistantgazelle.backup.manifest.BackupJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Base class of the commands that access destinations. */
abstract class DestinationCommand implements Callable<Integer> {
    @Mixin
    private DestinationOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public final Integer call() throws Exception {
        try {
            return run(options).code();
        } finally {
            options.close();
        }
    }

    abstract BackupExitCode run(DestinationOptions where) throws Exception;

    /** Prints a line for people; with --json to standard error, so that stdout holds only the JSON. */
    void printLine(String line) {
        var out = options.isJson()
                ? spec.commandLine().getErr()
                : spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    /** Prints a line to standard error. */
    void printWarning(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }

    /** Prints the value as JSON if --json is set. */
    void printJson(Object value) throws IOException {
        if (options.isJson()) {
            spec.commandLine().getOut().println(new String(BackupJson.write(value), StandardCharsets.UTF_8));
        }
    }
}

package ca.assistantgazelle.cli.command;

import ca.assistantgazelle.cli.client.SchedulerClient;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options common to all commands: the scheduler's address, the token and the output format. */
final class ConnectionOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "address of the gateway or scheduler-service (default: GAZELLE_URL, else the local gateway)")
    private String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "file with the token (default: GAZELLE_TOKEN; the local gateway needs none); a token on the command line would be visible to other users")
    private Path tokenFile;

    @Option(names = "--json", description = "print the API's JSON document, for scripts")
    private boolean json;

    SchedulerClient client() {
        return new SchedulerClient(baseUrl(), token());
    }

    PrintWriter out() {
        return command.commandLine().getOut();
    }

    boolean json() {
        return json;
    }

    /** Prints the JSON document with --json, else its text view. */
    void print(JsonNode document, String view) {
        out().println(json ? document.toPrettyString() : view);
        out().flush();
    }

    private String baseUrl() {
        if (url != null) {
            return url;
        }
        var given = System.getenv("GAZELLE_URL");
        if (given != null && !given.isBlank()) {
            return given;
        }
        var port = System.getenv("PORT_GATEWAY");
        return "http://127.0.0.1:" + (port == null || port.isBlank() ? "8000" : port);
    }

    private String token() {
        if (tokenFile == null) {
            return System.getenv("GAZELLE_TOKEN");
        }
        try {
            return Files.readString(tokenFile).strip();
        } catch (IOException e) {
            throw new ParameterException(command.commandLine(), "--token-file " + tokenFile + " cannot be read", e);
        }
    }
}

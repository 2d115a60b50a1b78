package ca.assistantgazelle.operator.command;

import ca.assistantgazelle.operator.api.Api;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the scheduler is and what the caller shows it; options of every verb. */
final class Connection {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "the gateway or scheduler-service (default: GAZELLE_URL, else the local gateway)")
  private String url;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "holds the token (default: GAZELLE_TOKEN; the local gateway needs none). Never on the command line: others can read that.")
  private Path tokenFile;

  @Option(names = "--json", description = "the API's own document, for scripts")
  private boolean json;

  Api api() {
    return new Api(address(), token());
  }

  PrintWriter out() {
    return command.commandLine().getOut();
  }

  boolean json() {
    return json;
  }

  /** Prints the document for scripts, or its view for people. */
  void show(JsonNode document, String view) {
    out().println(json ? document.toPrettyString() : view);
    out().flush();
  }

  private String address() {
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
      throw new ParameterException(
          command.commandLine(), "--token-file " + tokenFile + " cannot be read", e);
    }
  }
}

package ca.assistantgazelle.command;

import ca.assistantgazelle.manifest.ManifestJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A verb that looks at destinations. */
abstract class PlacedCommand implements Callable<Integer> {
  @Mixin private Place place;
  @Spec private CommandSpec spec;

  @Override
  public final Integer call() throws Exception {
    try {
      return run(place).code();
    } finally {
      place.close();
    }
  }

  abstract ExitCode run(Place where) throws Exception;

  /** To people; with --json only the answer goes to standard output. */
  void say(String line) {
    var out = place.isJson() ? spec.commandLine().getErr() : spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  /** Beside the answer. */
  void warn(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }

  /** To programs, when they asked. */
  void answer(Object value) throws IOException {
    if (place.isJson()) {
      spec.commandLine()
          .getOut()
          .println(new String(ManifestJson.write(value), StandardCharsets.UTF_8));
    }
  }
}

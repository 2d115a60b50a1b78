package ca.assistantgazelle.runner;

import ca.assistantgazelle.operator.command.OperatorCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;

/** What a person types after {@code ./gazelle}, and what comes of it. */
record Typed(int exitCode, String out, String err) {
  /**
   * @param url of the system that is spoken to
   */
  static Typed at(String url, String... words) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exitCode =
        OperatorCommand.line()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(
                Stream.concat(Stream.of(words), Stream.of("--url", url)).toArray(String[]::new));
    return new Typed(exitCode, out.toString(), err.toString());
  }
}

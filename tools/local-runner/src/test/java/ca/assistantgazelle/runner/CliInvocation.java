package ca.assistantgazelle.runner;

import ca.assistantgazelle.cli.command.OperatorCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;

/** The result of one invocation of {@code ./gazelle}. */
record CliInvocation(int exitCode, String out, String err) {
    /** @param url of the system to call */
    static CliInvocation execute(String url, String... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exitCode = OperatorCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(
                        Stream.concat(Stream.of(words), Stream.of("--url", url)).toArray(String[]::new));
        return new CliInvocation(exitCode, out.toString(), err.toString());
    }
}

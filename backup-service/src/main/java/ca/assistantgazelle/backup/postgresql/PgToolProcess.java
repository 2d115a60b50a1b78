package ca.assistantgazelle.backup.postgresql;

import ca.assistantgazelle.runtime.redaction.SecretRedaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A running PostgreSQL client program, started without a shell and with its own environment. Its stderr is read
 * continuously so that it does not block.
 */
public final class PgToolProcess implements AutoCloseable {
    private static final int MAX_KEPT_STDERR = 64 << 10;
    private static final int MAX_SHOWN_STDERR = 1_500;
    private static final Pattern QUOTES_ROWS = Pattern.compile("\\b(DETAIL|CONTEXT|HINT):");
    private static final long TERMINATION_GRACE_SECONDS = 2;

    private final Process process;
    private final CompletableFuture<String> stderr;

    private PgToolProcess(Process process) {
        this.process = process;
        this.stderr = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .name("stderr of pid " + process.pid())
                .start(() -> stderr.complete(readStderr(process.getErrorStream())));
    }

    /** @param environment its whole environment, apart from PATH */
    public static PgToolProcess start(PostgresClientTool tool, List<String> arguments, Map<String, String> environment)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(tool.program().toString());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
        builder.environment().putAll(environment);
        return new PgToolProcess(builder.start());
    }

    public InputStream stdout() {
        return process.getInputStream();
    }

    public OutputStream stdin() {
        return process.getOutputStream();
    }

    /** Waits for its end; returns the exit code. */
    public int awaitExit() throws InterruptedException {
        return process.waitFor();
    }

    /** Whether stderr contains all of these; waits until it has ended. */
    public boolean stderrContains(String... parts) {
        var all = stderr.join();
        return Stream.of(parts).allMatch(all::contains);
    }

    /** The end of stderr, without lines that may quote rows; waits until it has ended. */
    public String stderr() {
        var said = stderr.join()
                .lines()
                .filter(line -> !QUOTES_ROWS.matcher(line).find())
                .collect(Collectors.joining("\n"));
        return SecretRedaction.redact(
                said.length() > MAX_SHOWN_STDERR ? "…" + said.substring(said.length() - MAX_SHOWN_STDERR) : said);
    }

    @Override
    public void close() {
        terminate();
    }

    /** Terminates it, gracefully at first, so that it can cancel its query on the server. */
    public void terminate() {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            boolean interrupted = Thread.interrupted();
            try {
                if (!process.waitFor(TERMINATION_GRACE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                interrupted = true;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static String readStderr(InputStream errors) {
        var kept = new StringBuilder();
        var buffer = new byte[4096];
        try (errors) {
            for (int length = errors.read(buffer); length >= 0; length = errors.read(buffer)) {
                kept.append(new String(buffer, 0, length, StandardCharsets.UTF_8));
                if (kept.length() > MAX_KEPT_STDERR) {
                    kept.delete(0, kept.length() - MAX_KEPT_STDERR);
                }
            }
        } catch (IOException e) {
            kept.append(" (the rest of stderr could not be read: ")
                    .append(e.getMessage())
                    .append(')');
        }
        return kept.toString().strip();
    }
}

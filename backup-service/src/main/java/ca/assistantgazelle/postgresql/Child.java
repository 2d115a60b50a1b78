package ca.assistantgazelle.postgresql;

import ca.assistantgazelle.runtime.redaction.Redaction;
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
 * A client program of PostgreSQL under way, with an environment of its own and without a shell. Its
 * words are read all the time, or it would stop.
 */
public final class Child implements AutoCloseable {
  private static final int KEPT_WORDS = 64 << 10;
  private static final int LONGEST = 1_500;
  private static final Pattern QUOTING = Pattern.compile("\\b(DETAIL|CONTEXT|HINT):");
  private static final long POLITELY_SECONDS = 2;

  private final Process process;
  private final CompletableFuture<String> words;

  private Child(Process process) {
    this.process = process;
    this.words = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("words of " + process.pid())
        .start(() -> words.complete(drained(process.getErrorStream())));
  }

  /**
   * @param environment all that it gets, beside the search path
   */
  public static Child start(Tool tool, List<String> arguments, Map<String, String> environment)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(tool.program().toString());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
    builder.environment().putAll(environment);
    return new Child(builder.start());
  }

  public InputStream out() {
    return process.getInputStream();
  }

  public OutputStream in() {
    return process.getOutputStream();
  }

  /** Its exit code. */
  public int await() throws InterruptedException {
    return process.waitFor();
  }

  /** Whether all of these stand in what it said, once it has ended. */
  public boolean said(String... parts) {
    var all = words.join();
    return Stream.of(parts).allMatch(all::contains);
  }

  /** The end of what it said on stderr, once it has ended; without what may quote rows. */
  public String words() {
    var said =
        words
            .join()
            .lines()
            .filter(line -> !QUOTING.matcher(line).find())
            .collect(Collectors.joining("\n"));
    return Redaction.redact(
        said.length() > LONGEST ? "…" + said.substring(said.length() - LONGEST) : said);
  }

  @Override
  public void close() {
    end();
  }

  /** Ends it, first politely: it then tells the server. */
  public void end() {
    if (process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      boolean interrupted = Thread.interrupted();
      try {
        if (!process.waitFor(POLITELY_SECONDS, TimeUnit.SECONDS)) {
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

  private static String drained(InputStream errors) {
    var kept = new StringBuilder();
    var buffer = new byte[4096];
    try (errors) {
      for (int length = errors.read(buffer); length >= 0; length = errors.read(buffer)) {
        kept.append(new String(buffer, 0, length, StandardCharsets.UTF_8));
        if (kept.length() > KEPT_WORDS) {
          kept.delete(0, kept.length() - KEPT_WORDS);
        }
      }
    } catch (IOException e) {
      kept.append(" (its further words are lost: ").append(e.getMessage()).append(')');
    }
    return kept.toString().strip();
  }
}

package ca.assistantgazelle.dump;

import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.manifest.Contents;
import ca.assistantgazelle.postgresql.Child;
import ca.assistantgazelle.postgresql.Source;
import ca.assistantgazelle.postgresql.Tool;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** pg_dump under way: its output flows on while another session counts the same snapshot. */
class Dump {
  private static final int BUFFER = 1 << 16;
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Source source;
  private final Tool tool;
  private final SnapshotSession session;
  private final List<String> excluded;
  private final Duration stall;
  private final AtomicLong bytes = new AtomicLong();
  private volatile boolean writing;

  /**
   * @param stall pg_dump is given up after so long without a byte
   */
  Dump(Source source, Tool tool, SnapshotSession session, List<String> excluded, Duration stall) {
    this.source = source;
    this.tool = tool;
    this.session = session;
    this.excluded = excluded;
    this.stall = stall;
  }

  /** Without secrets: libpq takes those from the environment. */
  List<String> arguments() {
    var arguments =
        new ArrayList<>(
            List.of(
                "-Fc",
                "-Z0",
                "--snapshot=" + session.snapshot(),
                "--lock-wait-timeout=60000",
                "--no-password"));
    for (var schema : excluded) {
      arguments.add("--exclude-schema=\"" + schema.replace("\"", "\"\"") + "\"");
    }
    return arguments;
  }

  /** What a dump found and said. */
  record Done(Contents contents, String words) {}

  /**
   * Writes the archive and returns only when pg_dump ended well and everything was counted.
   * Whatever happens, its process is gone afterwards.
   *
   * @param progress hears how many bytes pg_dump has written
   * @throws InterruptedException when told to stop
   */
  Done into(OutputStream out, String application, LongConsumer progress)
      throws IOException, InterruptedException {
    try (var child = Child.start(tool, arguments(), source.environment(application))) {
      var copying =
          started(
              "pg_dump",
              () -> {
                copy(child, out);
                return null;
              });
      var counting = started("counting", session::contents);
      watch(copying, progress, stall);
      get(copying);
      int code = child.await();
      if (code != 0) {
        if (counting.isDone()) {
          // When it failed, the snapshot ended with it, and pg_dump's end is only the consequence.
          get(counting);
        }
        throw exit(child, code);
      }
      // Counting tells nothing on its way; the job's own time limit is its limit.
      watch(counting, progress, Duration.ofDays(1));
      return new Done(get(counting), child.words());
    } catch (IOException | InterruptedException e) {
      session.abort(e);
      throw e;
    }
  }

  private static <T> FutureTask<T> started(String name, Callable<T> work) {
    var task = new FutureTask<>(work);
    Thread.ofPlatform().daemon().name("backup: " + name).start(task);
    return task;
  }

  private void copy(Child child, OutputStream out) throws IOException {
    var buffer = new byte[BUFFER];
    try (var in = child.out()) {
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        writing = true;
        out.write(buffer, 0, length);
        writing = false;
        bytes.addAndGet(length);
      }
    }
  }

  // A destination that is slow is not pg_dump's stall: the destinations have limits of their own.
  private void watch(FutureTask<?> task, LongConsumer progress, Duration patience)
      throws InterruptedException, BackupException {
    long last = bytes.get();
    long since = System.nanoTime();
    while (true) {
      try {
        task.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException underWay) {
        progress.accept(bytes.get());
        if (bytes.get() != last || writing) {
          last = bytes.get();
          since = System.nanoTime();
        } else if (System.nanoTime() - since > patience.toNanos()) {
          throw new BackupException(
              Cause.DUMP_STALL,
              "pg_dump has written nothing for " + patience.toSeconds() + " s.",
              "Look at the database for locks and at the network to it.");
        }
      } catch (ExecutionException failed) {
        return;
      }
    }
  }

  private static <T> T get(FutureTask<T> task) throws IOException, InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException known
          ? known
          : new IOException(e.getCause().toString(), e.getCause());
    }
  }

  private BackupException exit(Child child, int code) throws BackupException {
    var words = child.words();
    if (child.said("timeout", "LOCK TABLE")) {
      return Preflight.locked(source, words, null);
    }
    return new BackupException(
        Cause.DUMP_EXIT,
        "pg_dump ended with " + code + ": " + (words.isEmpty() ? "it said nothing" : words),
        "See what it says; earlier backups are untouched.");
  }
}

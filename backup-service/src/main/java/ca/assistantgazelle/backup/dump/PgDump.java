package ca.assistantgazelle.backup.dump;

import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.manifest.DatabaseFingerprint;
import ca.assistantgazelle.backup.postgresql.DatabaseAddress;
import ca.assistantgazelle.backup.postgresql.PgToolProcess;
import ca.assistantgazelle.backup.postgresql.PostgresClientTool;
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

/** Runs pg_dump and streams its output while another session counts the same snapshot. */
class PgDump {
    private static final int BUFFER = 1 << 16;
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    private final DatabaseAddress source;
    private final PostgresClientTool tool;
    private final SnapshotSession session;
    private final List<String> excluded;
    private final Duration stallTimeout;
    private final AtomicLong bytesWritten = new AtomicLong();
    private volatile boolean writing;

    /** @param stall how long pg_dump may write nothing before it is aborted */
    PgDump(
            DatabaseAddress source,
            PostgresClientTool tool,
            SnapshotSession session,
            List<String> excluded,
            Duration stall) {
        this.source = source;
        this.tool = tool;
        this.session = session;
        this.excluded = excluded;
        this.stallTimeout = stall;
    }

    /** Contains no secrets: libpq takes them from the environment. */
    List<String> arguments() {
        var arguments = new ArrayList<>(List.of(
                "-Fc", "-Z0", "--snapshot=" + session.snapshot(), "--lock-wait-timeout=60000", "--no-password"));
        for (var schema : excluded) {
            arguments.add("--exclude-schema=\"" + schema.replace("\"", "\"\"") + "\"");
        }
        return arguments;
    }

    /** Contents and stderr output of a completed dump. */
    record DumpResult(DatabaseFingerprint contents, String stderr) {}

    /**
     * Writes the archive; returns once pg_dump succeeded and everything is counted. The process has always ended when
     * this method returns or throws.
     *
     * @param progress called with the number of bytes written by pg_dump
     * @throws InterruptedException if interrupted
     */
    DumpResult writeTo(OutputStream out, String application, LongConsumer progress)
            throws IOException, InterruptedException {
        try (var child = PgToolProcess.start(tool, arguments(), source.environment(application))) {
            var copying = startTask("pg_dump", () -> {
                copy(child, out);
                return null;
            });
            var counting = startTask("counting", session::contents);
            awaitTask(copying, progress, stallTimeout);
            resultOf(copying);
            int code = child.awaitExit();
            if (code != 0) {
                if (counting.isDone()) {
                    // If counting failed, the snapshot ended with it and pg_dump failed as a consequence.
                    resultOf(counting);
                }
                throw exitFailure(child, code);
            }
            // Counting reports no progress; only the job's own time limit applies.
            awaitTask(counting, progress, Duration.ofDays(1));
            return new DumpResult(resultOf(counting), child.stderr());
        } catch (IOException | InterruptedException e) {
            session.abort(e);
            throw e;
        }
    }

    private static <T> FutureTask<T> startTask(String name, Callable<T> work) {
        var task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().name("backup: " + name).start(task);
        return task;
    }

    private void copy(PgToolProcess child, OutputStream out) throws IOException {
        var buffer = new byte[BUFFER];
        try (var in = child.stdout()) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                writing = true;
                out.write(buffer, 0, length);
                writing = false;
                bytesWritten.addAndGet(length);
            }
        }
    }

    // Time spent waiting for a slow destination does not count: destinations have their own limit.
    private void awaitTask(FutureTask<?> task, LongConsumer progress, Duration maxSilence)
            throws InterruptedException, BackupException {
        long last = bytesWritten.get();
        long since = System.nanoTime();
        while (true) {
            try {
                task.get(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException notDone) {
                progress.accept(bytesWritten.get());
                if (bytesWritten.get() != last || writing) {
                    last = bytesWritten.get();
                    since = System.nanoTime();
                } else if (System.nanoTime() - since > maxSilence.toNanos()) {
                    throw new BackupException(
                            BackupErrorClass.DUMP_STALL,
                            "pg_dump has written nothing for " + maxSilence.toSeconds() + " s.",
                            "Check the database for locks, and the network connection to it.");
                }
            } catch (ExecutionException failed) {
                return;
            }
        }
    }

    private static <T> T resultOf(FutureTask<T> task) throws IOException, InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known
                    ? known
                    : new IOException(e.getCause().toString(), e.getCause());
        }
    }

    private BackupException exitFailure(PgToolProcess child, int code) throws BackupException {
        var words = child.stderr();
        if (child.stderrContains("timeout", "LOCK TABLE")) {
            return BackupPreflight.lockTimeout(source, words, null);
        }
        return new BackupException(
                BackupErrorClass.DUMP_EXIT,
                "pg_dump exited with code " + code + ": " + (words.isEmpty() ? "no output" : words),
                "See the output of pg_dump. Earlier backups are not affected.");
    }
}

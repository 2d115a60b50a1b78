package ca.assistantgazelle.backup.restore;

import ca.assistantgazelle.backup.archive.ArchiveEncryption;
import ca.assistantgazelle.backup.archive.HashingOutputStream;
import ca.assistantgazelle.backup.destination.BackupDestination;
import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.manifest.StoredBackup;
import ca.assistantgazelle.backup.postgresql.PgToolProcess;
import ca.assistantgazelle.backup.postgresql.PostgresClientTool;
import ca.assistantgazelle.backup.verification.ArchiveReadBack;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Restores a database: verifies the whole archive, streams it from its destination into the target, then counts and
 * compares everything. The comparison decides about success, not an exit code. See docs/backup.md.
 */
public final class DatabaseRestore {
    private static final Logger LOG = Logger.getLogger(DatabaseRestore.class);
    private static final int BUFFER = 1 << 16;
    private static final String DATABASE_LEFT_HINT =
            "The new database was kept; nothing else was changed. Drop it before the next attempt.";

    private final BackupDestination from;
    private final List<RecipientStanzaReader> identities;
    private final Clock clock;
    private final Consumer<String> log;

    /** @param log receives progress messages */
    public DatabaseRestore(
            BackupDestination from, List<RecipientStanzaReader> identities, Clock clock, Consumer<String> log) {
        this.from = from;
        this.identities = identities;
        this.clock = clock;
        this.log = log;
    }

    /**
     * Result of a restore.
     *
     * @param differences from the manifest; empty if equal
     * @param neutralised what was disabled so that it does not act on its own; may be empty
     * @param duration time from the first byte to the end of the comparison
     */
    public record RestoreReport(
            String database, List<String> differences, List<String> neutralised, Duration duration) {}

    /** Plans the restore without changing anything. */
    public RestorePlan plan(StoredBackup backup, RestoreRequest request) throws IOException {
        return RestorePlan.of(backup, request, new RestoreTargetServer(request.target()));
    }

    /**
     * Restores the whole database.
     *
     * @throws BackupException if the restore failed; a new database is kept, with a comment
     */
    public RestoreReport run(StoredBackup backup, RestoreRequest request) throws IOException, InterruptedException {
        var server = new RestoreTargetServer(request.target());
        var plan = RestorePlan.of(backup, request, server);
        long start = System.nanoTime();
        log.accept("verifying the whole archive at " + from.name());
        new ArchiveReadBack(from, backup.manifest().archive(), identities).verifyBytes();
        server.createRoles(plan.roles());
        if (plan.createDatabase()) {
            server.create(plan.database(), DatabaseComments.inProgress(backup.id(), clock.instant()));
        }
        List<String> differences;
        try {
            loadArchive(backup, server, plan.database(), List.of("--exit-on-error", "--no-owner"), DATABASE_LEFT_HINT);
            log.accept("comparing with the manifest");
            differences = differences(backup, server, plan.database());
        } catch (IOException | InterruptedException e) {
            markFailed(server, plan.database(), backup, e);
            throw e;
        }
        server.comment(plan.database(), DatabaseComments.restored(backup.id(), differences, clock.instant()));
        // Regardless of the comparison: only a database that replaces its source may stay active.
        var neutralised = request.neutralise() && plan.replaces() == null
                ? server.inDatabase(plan.database(), RestoredSystemQuiescer::apply)
                : List.<String>of();
        boolean replace = plan.replaces() != null && differences.isEmpty();
        if (replace) {
            if (request.skipCatchUp()) {
                server.inDatabase(plan.database(), RestoredSystemQuiescer::skipCatchUp);
                log.accept("the timetables start from now; nothing is caught up");
            }
            server.replaceDatabase(plan.database(), plan.replaces(), "old_" + backup.id());
            log.accept("replaced " + plan.replaces() + "; the previous database was kept as old_" + backup.id());
        }
        return new RestoreReport(
                replace ? plan.replaces() : plan.database(),
                differences,
                neutralised,
                Duration.ofNanos(System.nanoTime() - start));
    }

    /**
     * Restores copies of single tables into a schema of a database in use.
     *
     * @return number of rows by table
     */
    public Map<String, Long> restoreTables(StoredBackup backup, RestoreRequest request)
            throws IOException, InterruptedException {
        log.accept("verifying the whole archive at " + from.name());
        new ArchiveReadBack(from, backup.manifest().archive(), identities).verifyBytes();
        return new TableCopies(this, new RestoreTargetServer(request.target()), backup)
                .restoreInto(request.target().database(), request.intoSchema(), request.tables());
    }

    /** @throws BackupException if the backup does not contain the tables, or the schema exists */
    public void requireTables(StoredBackup backup, RestoreRequest request) throws IOException {
        new TableCopies(this, new RestoreTargetServer(request.target()), backup)
                .requireTables(request.target().database(), request.intoSchema(), request.tables());
    }

    private void markFailed(RestoreTargetServer server, String database, StoredBackup backup, Exception failure) {
        try {
            server.comment(database, DatabaseComments.failed(backup.id(), clock.instant()));
        } catch (BackupException e) {
            failure.addSuppressed(e);
        }
    }

    /** Differences between the database and the manifest; empty if equal. */
    static List<String> differences(StoredBackup backup, RestoreTargetServer server, String database)
            throws IOException {
        var manifest = backup.manifest();
        return manifest.contents()
                .differences(
                        server.readContents(database, manifest.scope().excluded()),
                        server.majorVersion() == manifest.source().majorVersion());
    }

    /**
     * Streams the archive through pg_restore, which may not read all of it.
     *
     * @param otherwise suggestion for the case that it fails
     */
    void loadArchive(
            StoredBackup backup, RestoreTargetServer server, String database, List<String> options, String otherwise)
            throws IOException, InterruptedException {
        var target = server.database(database);
        var arguments = new ArrayList<>(options);
        arguments.addAll(List.of("--no-password", "--dbname=" + connectionString(database)));
        var total = backup.manifest().archive().plainBytes();
        log.accept("restoring " + total + " bytes into " + database);
        try (var child = PgToolProcess.start(
                        PostgresClientTool.find("pg_restore"),
                        arguments,
                        target.environment("gz-restore/" + backup.id()));
                var in = from.read(backup.manifest().archive().key());
                var opened = ArchiveEncryption.decrypt(in, identities)) {
            var plain = new HashingOutputStream(OutputStream.nullOutputStream());
            streamArchive(child, opened, plain, total);
            int code = child.awaitExit();
            if (code != 0) {
                throw failed("pg_restore exited with code " + code + ": " + child.stderr(), otherwise);
            }
            if (!plain.sha256().equals(backup.manifest().archive().plainSha256())) {
                throw failed("The SHA-256 of the restored data differs from the manifest.", otherwise);
            }
        }
    }

    // Quoted, because --dbname interprets a name that looks like a connection string.
    static String connectionString(String database) {
        return "dbname='" + database.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    // The whole archive is read and hashed, even after pg_restore has read all it needs.
    private void streamArchive(PgToolProcess child, InputStream opened, HashingOutputStream plain, long total)
            throws IOException, InterruptedException {
        long reportedAt = System.nanoTime();
        boolean taking = true;
        var buffer = new byte[BUFFER];
        for (int length = opened.read(buffer); length >= 0; length = opened.read(buffer)) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted");
            }
            plain.write(buffer, 0, length);
            if (taking && !tryWrite(child.stdin(), buffer, length)) {
                taking = false;
                if (child.awaitExit() != 0) {
                    return;
                }
            }
            if (System.nanoTime() - reportedAt > Duration.ofSeconds(2).toNanos()) {
                reportedAt = System.nanoTime();
                log.accept(100 * plain.bytes() / Math.max(1, total) + " %");
            }
        }
        if (taking) {
            closeInput(child.stdin());
        }
    }

    /** False once pg_restore has stopped reading: it failed or has all it needs; see its exit code. */
    private static boolean tryWrite(OutputStream in, byte[] some, int length) {
        try {
            in.write(some, 0, length);
            return true;
        } catch (IOException e) {
            LOG.debugf("pg_restore stopped reading: %s", e.getMessage());
            return false;
        }
    }

    // Closing flushes the buffer, and pg_restore may have stopped reading.
    private static void closeInput(OutputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            LOG.debugf("pg_restore stopped reading: %s", e.getMessage());
        }
    }

    private static BackupException failed(String message, String otherwise) {
        return new BackupException(BackupErrorClass.RESTORE_FAILED, message, otherwise);
    }
}

package ca.assistantgazelle.backup.restore;

import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.manifest.StoredBackup;
import ca.assistantgazelle.backup.postgresql.DatabaseAddress;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Level L3: restores a backup into a scratch database and compares it with its manifest. The duration is an estimate
 * for a real restore.
 */
public final class RestoreDrill {
    private static final String DATABASE_PREFIX = "drill_";
    private static final Pattern DATABASE_NAME = Pattern.compile("drill_\\d{8}T\\d{6}Z-[0-9a-f]{6}");
    private static final Duration RETENTION = Duration.ofHours(24);

    private final DatabaseRestore restore;
    private final DatabaseAddress server;
    private final Clock clock;
    private final Consumer<String> log;

    /** @param server where scratch databases are created */
    public RestoreDrill(DatabaseRestore restore, DatabaseAddress server, Clock clock, Consumer<String> log) {
        this.restore = restore;
        this.server = server;
        this.clock = clock;
        this.log = log;
    }

    /**
     * Result of a drill.
     *
     * @param differences empty if equal
     */
    public record DrillResult(List<String> differences, Duration duration) {
        /** Duration in seconds, rounded up. */
        public long seconds() {
            return Math.ceilDiv(duration.toMillis(), 1_000);
        }
    }

    /**
     * Runs the drill. A scratch database that is equal is dropped at once; one that differs is kept for a day.
     *
     * @throws BackupException if the drill cannot be run, for example because the server lacks an extension
     */
    public DrillResult run(StoredBackup backup) throws IOException, InterruptedException {
        var scratch = new RestoreTargetServer(server);
        dropExpired(scratch);
        var name = DATABASE_PREFIX + backup.id();
        requireUnused(scratch, name);
        scratch.drop(name);
        DatabaseRestore.RestoreReport report;
        try {
            report =
                    restore.run(backup, new RestoreRequest(server.database(name), List.of(), null, false, null, false));
        } catch (BackupException e) {
            throw e.errorClass() == BackupErrorClass.RESTORE_REFUSED
                    ? new BackupException(
                            BackupErrorClass.DRILL_INCONCLUSIVE,
                            "The restore drill did not run: " + e.getMessage(),
                            e.suggestion(),
                            e)
                    : e;
        }
        if (report.differences().isEmpty()) {
            scratch.drop(name);
        } else {
            log.accept("restore drill found differences: keeping " + name + " on " + scratch + " for a day");
        }
        return new DrillResult(report.differences(), report.duration());
    }

    // Another process may be using it.
    private void requireUnused(RestoreTargetServer scratch, String name) throws BackupException {
        for (var database : scratch.databasesWithPrefix(name)) {
            var comment = String.valueOf(database[1]);
            if (comment.contains(" under way, ")
                    && !DatabaseComments.isOlderThan(comment, RETENTION, clock.instant())) {
                throw new BackupException(
                        BackupErrorClass.DRILL_INCONCLUSIVE,
                        "The restore drill did not run: another drill is restoring into " + name + " on " + scratch
                                + ".",
                        "Wait for the other drill, or drop that database.");
            }
        }
    }

    // Drops only databases created by a drill.
    private void dropExpired(RestoreTargetServer scratch) throws BackupException {
        for (var database : scratch.databasesWithPrefix(DATABASE_PREFIX)) {
            if (DATABASE_NAME.matcher(database[0]).matches()
                    && DatabaseComments.isOlderThan(database[1], RETENTION, clock.instant())) {
                scratch.drop(database[0]);
            }
        }
    }
}

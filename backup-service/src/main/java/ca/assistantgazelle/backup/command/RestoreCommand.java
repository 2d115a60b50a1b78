package ca.assistantgazelle.backup.command;

import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.manifest.BackupRepository;
import ca.assistantgazelle.backup.manifest.StoredBackup;
import ca.assistantgazelle.backup.postgresql.DatabaseAddress;
import ca.assistantgazelle.backup.restore.DatabaseRestore;
import ca.assistantgazelle.backup.restore.RestorePlan;
import ca.assistantgazelle.backup.restore.RestoreRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Restores a backup. */
@Command(
        name = "restore",
        description = "Restores a backup into a new or empty database and compares it with the backup.",
        mixinStandardHelpOptions = true)
final class RestoreCommand extends DestinationCommand {
    private static final Duration LEASE_DURATION = Duration.ofHours(6);

    /** Errors of one copy; the copy at another destination may be usable. */
    private static final Set<BackupErrorClass> COPY_SPECIFIC_ERRORS = Set.of(
            BackupErrorClass.VERIFY_BYTES,
            BackupErrorClass.VERIFY_CONTENT,
            BackupErrorClass.STORE_READ,
            BackupErrorClass.STORE_TRANSIENT,
            BackupErrorClass.STORE_STALL,
            BackupErrorClass.STORE_AUTH);

    @Option(
            names = "--from",
            paramLabel = "BACKUP",
            defaultValue = "latest-verified",
            description = "an id, latest, latest-verified (default) or before:INSTANT")
    private String from;

    @Option(
            names = "--into",
            paramLabel = "URL",
            description = {
                "the target, postgresql://user@host:port/database; the password is read from PGPASSWORD.",
                "Without a database name, restore_<id> is created. Default: the server of PGHOST."
            })
    private String into;

    @Option(
            names = "--tables",
            split = ",",
            paramLabel = "TABLE",
            description = "restores only copies of these tables into the schema of --into-schema")
    private List<String> tables = List.of();

    @Option(names = "--into-schema", paramLabel = "SCHEMA", description = "a new schema for the copies of --tables")
    private String intoSchema;

    @Option(
            names = "--replace-source",
            description = "replaces the database the backup was taken from; it is kept under another name")
    private boolean replaceSource;

    @Option(
            names = "--confirm",
            paramLabel = "NAME",
            description = "the name of the database to replace, as a confirmation")
    private String confirm;

    @Option(
            names = "--skip-catch-up",
            description = "with --replace-source: jobs that fell due since the backup are not caught up")
    private boolean skipCatchUp;

    @Option(
            names = "--no-neutralise",
            description = {
                "leaves running jobs, unsent mails, timetables and tokens unchanged;",
                "by default they are disabled, unless the source is replaced"
            })
    private boolean noNeutralise;

    @Option(names = "--dry-run", description = "shows what would be done without changing anything")
    private boolean dryRun;

    @Override
    BackupExitCode run(DestinationOptions where) throws Exception {
        requireConsistentOptions();
        var identities = where.identities();
        var copies = BackupSelector.select(where.reachableCopies(this::printLine), from);
        var request = new RestoreRequest(
                target(where), tables, intoSchema, replaceSource, confirm, !noNeutralise, skipCatchUp);
        for (int i = 0; ; i++) {
            var copy = copies.get(i);
            try {
                return restoreDatabase(
                        copy,
                        request,
                        new DatabaseRestore(
                                copy.repository().destination(), identities, Clock.systemUTC(), this::printLine));
            } catch (BackupException e) {
                if (!COPY_SPECIFIC_ERRORS.contains(e.errorClass()) || i + 1 == copies.size()) {
                    throw e;
                }
                printLine(e.getMessage() + " Trying the copy at the next destination.");
            }
        }
    }

    private void requireConsistentOptions() throws BackupException {
        if (tables.isEmpty() != (intoSchema == null)) {
            throw new BackupException(
                    BackupErrorClass.RESTORE_REFUSED,
                    "--tables and --into-schema must be used together.",
                    "Specify the tables and a new schema for their copies.");
        }
        if (skipCatchUp && !replaceSource) {
            throw new BackupException(
                    BackupErrorClass.RESTORE_REFUSED,
                    "--skip-catch-up requires --replace-source: any other restored system is paused anyway.",
                    "Remove the option.");
        }
        if ((confirm != null && !replaceSource) || (replaceSource && !tables.isEmpty())) {
            throw new BackupException(
                    BackupErrorClass.RESTORE_REFUSED,
                    "--confirm requires --replace-source, which cannot be combined with --tables.",
                    "Remove the option that does not apply.");
        }
    }

    private DatabaseAddress target(DestinationOptions where) throws IOException {
        var setup = where.settings();
        if (into != null) {
            return where.environmentSettings().database(into);
        }
        var server = setup.database()
                .orElseThrow(() -> new BackupException(
                        BackupErrorClass.RESTORE_REFUSED,
                        "No target given: neither --into nor PGHOST is set.",
                        "Use --into postgresql://user@host:port/database."));
        return tables.isEmpty() ? server.database("") : server;
    }

    private BackupExitCode restoreDatabase(BackupCopy copy, RestoreRequest request, DatabaseRestore restore)
            throws IOException, InterruptedException {
        var backup = copy.backup();
        if (!tables.isEmpty()) {
            return restoreTables(copy, request, restore);
        }
        var plan = restore.plan(backup, request);
        printLine("from       " + copy.repository().destination().name());
        plan.describe().forEach(this::printLine);
        if (dryRun) {
            return printPlan(backup, plan);
        }
        var lease = lease(copy.repository(), backup);
        try {
            return printReport(backup, restore.run(backup, request));
        } finally {
            release(copy.repository(), lease);
        }
    }

    private BackupExitCode printPlan(StoredBackup backup, RestorePlan plan) throws IOException {
        backup.manifest()
                .tables()
                .forEach(table -> printLine("  %,12d rows  %s".formatted(table.rows(), table.name())));
        printLine("Nothing was changed.");
        printJson(
                Map.of("dry_run", true, "backup_id", backup.id(), "database", plan.database(), "roles", plan.roles()));
        return BackupExitCode.SUCCESS;
    }

    private BackupExitCode printReport(StoredBackup backup, DatabaseRestore.RestoreReport report) throws IOException {
        report.neutralised().forEach(line -> printLine("neutralised " + line));
        report.differences().forEach(line -> printLine("DIFFERENT  " + line));
        printLine(
                report.differences().isEmpty()
                        ? "Restored: %s is equal to backup %s (compared before it was neutralised), after %d s."
                                .formatted(
                                        report.database(),
                                        backup.id(),
                                        report.duration().toSeconds())
                        : "Restored, but " + report.database() + " is NOT equal to the backup.");
        printJson(Map.of(
                "backup_id",
                backup.id(),
                "database",
                report.database(),
                "equal",
                report.differences().isEmpty(),
                "differences",
                report.differences(),
                "neutralised",
                report.neutralised(),
                "seconds",
                report.duration().toMillis() / 1_000.0));
        return report.differences().isEmpty() ? BackupExitCode.SUCCESS : BackupExitCode.DIFFERENT;
    }

    private BackupExitCode restoreTables(BackupCopy copy, RestoreRequest request, DatabaseRestore restore)
            throws IOException, InterruptedException {
        restore.requireTables(copy.backup(), request);
        if (dryRun) {
            printLine("Copies of "
                    + tables
                    + " of "
                    + copy.backup().id()
                    + " would be restored into schema "
                    + intoSchema
                    + " of "
                    + request.target()
                    + ". Nothing was changed.");
            return BackupExitCode.SUCCESS;
        }
        var lease = lease(copy.repository(), copy.backup());
        try {
            var rows = restore.restoreTables(copy.backup(), request);
            rows.forEach((table, count) -> printLine(table + ": " + count + " rows, in schema " + intoSchema));
            printLine("The copies have no keys, defaults, triggers or sequences; those belong to the original tables.");
            printJson(Map.of("backup_id", copy.backup().id(), "schema", intoSchema, "rows", rows));
            return BackupExitCode.SUCCESS;
        } finally {
            release(copy.repository(), lease);
        }
    }

    // Protects the backup from retention while it is read. The destination may be read-only.
    private String lease(BackupRepository repository, StoredBackup backup) {
        var now = Clock.systemUTC().instant();
        try {
            return repository.lease(backup.folder(), "restore", now, now.plus(LEASE_DURATION));
        } catch (IOException e) {
            printLine("(failed to mark this backup as in use: " + e.getMessage() + ")");
            return null;
        }
    }

    private void release(BackupRepository repository, String lease) {
        if (lease != null) {
            try {
                repository.release(lease);
            } catch (IOException e) {
                printLine("(failed to remove the mark that this backup is in use; it expires after six hours: "
                        + e.getMessage()
                        + ")");
            }
        }
    }
}

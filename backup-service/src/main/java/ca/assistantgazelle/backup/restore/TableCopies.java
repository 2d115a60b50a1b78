package ca.assistantgazelle.backup.restore;

import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.manifest.DatabaseFingerprint;
import ca.assistantgazelle.backup.manifest.StoredBackup;
import ca.assistantgazelle.backup.postgresql.JdbcQueries;
import ca.assistantgazelle.backup.postgresql.PgToolProcess;
import ca.assistantgazelle.backup.postgresql.PostgresClientTool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Restores copies of single tables into a schema of their own, so that rows can be copied back with SQL. The copies
 * have no keys, defaults or sequences; those belong to the original tables.
 */
final class TableCopies {
    private static final String UNTOUCHED_HINT =
            "See the message. The target database was not changed, and the scratch database was dropped.";

    private final DatabaseRestore restore;
    private final RestoreTargetServer server;
    private final StoredBackup backup;

    TableCopies(DatabaseRestore restore, RestoreTargetServer server, StoredBackup backup) {
        this.restore = restore;
        this.server = server;
        this.backup = backup;
    }

    /**
     * @param database the target database
     * @param schema must not exist there
     * @return number of rows by table
     */
    Map<String, Long> restoreInto(String database, String schema, List<String> wanted)
            throws IOException, InterruptedException {
        var tables = requireTables(database, schema, wanted);
        var scratch = "restore_tables_" + backup.id();
        server.drop(scratch);
        server.create(scratch, "scratch database of a table restore; can be dropped");
        try {
            // All definitions, because a table may need types and functions of any schema.
            restore.loadArchive(
                    backup,
                    server,
                    scratch,
                    List.of("--exit-on-error", "--no-owner", "--no-acl", "--section=pre-data"),
                    UNTOUCHED_HINT);
            var rows = new ArrayList<>(List.of("--exit-on-error", "--data-only"));
            for (var table : tables) {
                var parts = splitName(table.name());
                rows.add("--schema=" + parts[0]);
                rows.add("--table=" + parts[1]);
            }
            restore.loadArchive(backup, server, scratch, rows, UNTOUCHED_HINT);
            var copied = copyIntoSchema(scratch, schema, tables);
            transferSchema(scratch, schema, database);
            return copied;
        } finally {
            server.drop(scratch);
        }
    }

    /** Finds the tables in the backup and requires that the schema does not exist. */
    List<DatabaseFingerprint.TableSummary> requireTables(String database, String schema, List<String> wanted)
            throws IOException {
        var tables = new ArrayList<DatabaseFingerprint.TableSummary>();
        for (var name : wanted) {
            tables.add(findTable(name));
        }
        if (server.inDatabase(
                database,
                session -> JdbcQueries.queryBoolean(
                        session, "select exists (select from pg_namespace where nspname = ?)", schema))) {
            throw RestorePlan.refused(
                    "Schema " + schema + " already exists in " + database + ".",
                    "Choose another name with --into-schema.");
        }
        return tables;
    }

    private DatabaseFingerprint.TableSummary findTable(String name) throws BackupException {
        return backup.manifest().tables().stream()
                .filter(table -> !table.isMaterializedView())
                .filter(table -> table.name().equals(name) || table.name().equals("public." + name))
                .findFirst()
                .orElseThrow(() -> RestorePlan.refused(
                        "The backup does not contain table " + name + ".",
                        "Run ./gazelle backup restore --dry-run to list its tables."));
    }

    private static String[] splitName(String qualified) {
        var parts = qualified.split("\\.(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", 2);
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].startsWith("\"")) {
                parts[i] = parts[i].substring(1, parts[i].length() - 1).replace("\"\"", "\"");
            }
        }
        return parts;
    }

    private Map<String, Long> copyIntoSchema(
            String scratch, String schema, List<DatabaseFingerprint.TableSummary> tables) throws IOException {
        var copied = new LinkedHashMap<String, Long>();
        server.inDatabase(scratch, session -> {
            JdbcQueries.execute(session, "create schema " + RestoreTargetServer.quoteIdentifier(schema));
            for (var table : tables) {
                var copy = RestoreTargetServer.quoteIdentifier(schema)
                        + "."
                        + RestoreTargetServer.quoteIdentifier(splitName(table.name())[1]);
                JdbcQueries.execute(session, "create table " + copy + " as table only " + table.name());
                copied.put(table.name(), JdbcQueries.queryLong(session, "select count(*) from " + copy));
            }
            return null;
        });
        for (var table : tables) {
            if (copied.get(table.name()) != table.rows()) {
                throw new BackupException(
                        BackupErrorClass.RESTORE_DIFFERENT,
                        table.name() + ": " + table.rows() + " rows expected, " + copied.get(table.name()) + " found.",
                        "The target database was not changed.");
            }
        }
        return copied;
    }

    private void transferSchema(String scratch, String schema, String database)
            throws IOException, InterruptedException {
        var application = "gz-restore/" + backup.id();
        try (var dump = PgToolProcess.start(
                        PostgresClientTool.find("pg_dump"),
                        List.of(
                                "-Fc",
                                "-Z0",
                                "--no-password",
                                "--schema=" + RestoreTargetServer.quoteIdentifier(schema)),
                        server.database(scratch).environment(application));
                var load = PgToolProcess.start(
                        PostgresClientTool.find("pg_restore"),
                        List.of(
                                "--exit-on-error",
                                "--single-transaction",
                                "--no-owner",
                                "--no-password",
                                "--dbname=" + DatabaseRestore.connectionString(database)),
                        server.database(database).environment(application))) {
            IOException broken = null;
            try (var out = load.stdin()) {
                dump.stdout().transferTo(out);
            } catch (IOException e) {
                broken = e;
            }
            int loaded = load.awaitExit();
            if (loaded != 0) {
                // Its output is no longer read.
                dump.terminate();
            }
            if (loaded != 0 || broken != null || dump.awaitExit() != 0) {
                throw new BackupException(
                        BackupErrorClass.RESTORE_FAILED,
                        "Failed to load the copies into " + database + ": " + load.stderr() + dump.stderr(),
                        "See the message. The target database was not changed.",
                        broken);
            }
        }
    }
}

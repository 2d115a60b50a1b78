package ca.assistantgazelle.backup.dump;

import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.manifest.BackupManifest;
import ca.assistantgazelle.backup.manifest.DatabaseFingerprint;
import ca.assistantgazelle.backup.manifest.DatabaseFingerprintReader;
import ca.assistantgazelle.backup.postgresql.DatabaseAddress;
import ca.assistantgazelle.backup.postgresql.JdbcQueries;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/** A database session that holds an exported snapshot: it reads the same data as pg_dump does under that snapshot. */
final class SnapshotSession implements AutoCloseable {
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final Executor DIRECT_EXECUTOR = Runnable::run;

    private final Connection session;
    private final DatabaseAddress source;
    private final List<String> excluded;
    private final String snapshot;
    private final int backendPid;

    private SnapshotSession(
            Connection session, DatabaseAddress source, List<String> excluded, String snapshot, int backend) {
        this.session = session;
        this.source = source;
        this.excluded = excluded;
        this.snapshot = snapshot;
        this.backendPid = backend;
    }

    /** Opens a session and exports its snapshot. */
    static SnapshotSession open(DatabaseAddress source, List<String> excluded) throws BackupException {
        var connection = source.connect();
        try {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            DatabaseFingerprintReader.pinSettings(connection);
            return new SnapshotSession(
                    connection,
                    source,
                    excluded,
                    JdbcQueries.queryString(connection, "select pg_export_snapshot()"),
                    (int) JdbcQueries.queryLong(connection, "select pg_backend_pid()"));
        } catch (SQLException e) {
            var failure = databaseFailure(e);
            try {
                connection.close();
            } catch (SQLException later) {
                failure.addSuppressed(later);
            }
            throw failure;
        }
    }

    static BackupException databaseFailure(SQLException e) {
        if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
            return new BackupException(
                    BackupErrorClass.SOURCE_LOCK,
                    "Timed out waiting for a table lock: " + JdbcQueries.describe(e),
                    "End the session that holds the lock, or run the backup later.",
                    e);
        }
        return new BackupException(
                BackupErrorClass.SOURCE_CONNECT,
                "The database connection failed: " + JdbcQueries.describe(e),
                "Check the PostgreSQL log. The connection must be direct or go through a session pooler.",
                e);
    }

    /** The snapshot id for pg_dump. */
    String snapshot() {
        return snapshot;
    }

    Connection connection() {
        return session;
    }

    /**
     * Locks the tables against schema changes for the duration of the dump.
     *
     * @throws InterruptedException if interrupted while another session holds a table
     */
    void lockTables() throws IOException, InterruptedException {
        var locking = new FutureTask<Void>(() -> {
            new DatabaseFingerprintReader(session, excluded).lockTables();
            return null;
        });
        Thread.ofPlatform().daemon().name("backup: locking").start(locking);
        try {
            locking.get();
        } catch (InterruptedException e) {
            abort(e);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException known) {
                throw LOCK_NOT_AVAILABLE.equals(known.getSQLState())
                        ? BackupPreflight.lockTimeout(source, JdbcQueries.describe(known), known)
                        : databaseFailure(known);
            }
            throw new IOException(e.getCause());
        }
    }

    /** Counts everything and computes checksums as of the snapshot. Reads all rows. */
    DatabaseFingerprint contents() throws BackupException {
        try {
            return new DatabaseFingerprintReader(session, excluded).read();
        } catch (SQLException e) {
            throw databaseFailure(e);
        }
    }

    BackupManifest.BackupOrigin origin() throws SQLException {
        return new BackupManifest.BackupOrigin(
                source.database(),
                systemIdentifier(session),
                JdbcQueries.queryString(session, "select current_setting('server_version')")
                        .split(" ", 2)[0],
                JdbcQueries.queryString(session, "select current_setting('server_encoding')"),
                source.fingerprint(),
                "session");
    }

    /** Null if the role has no permission to read it. */
    static String systemIdentifier(Connection session) throws SQLException {
        return JdbcQueries.queryBoolean(
                        session, "select has_function_privilege('pg_catalog.pg_control_system()', 'execute')")
                ? JdbcQueries.queryString(session, "select system_identifier::text from pg_catalog.pg_control_system()")
                : null;
    }

    BackupManifest.SnapshotInfo snapshotInfo() throws SQLException {
        var at = JdbcQueries.queryString(
                session, "select to_char(now() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
        var lsn = JdbcQueries.queryString(
                session, "select case when pg_is_in_recovery() then null else pg_current_wal_lsn()::text end");
        return new BackupManifest.SnapshotInfo(Instant.parse(at), lsn, latestMigration());
    }

    private String latestMigration() throws SQLException {
        if (JdbcQueries.queryString(session, "select to_regclass('automation.schema_history')::text") == null) {
            return null;
        }
        var newest = JdbcQueries.queryStrings(
                session,
                "select version from automation.schema_history where success and version is not null order by installed_rank desc limit 1");
        return newest.isEmpty() ? null : "V" + newest.getFirst();
    }

    /** All roles referenced by owners, grants or policies of this database. */
    List<String> roles() throws SQLException {
        return JdbcQueries.queryStrings(session, """
                select rolname from pg_roles where rolname not like 'pg\\_%' and (
                  oid in (select refobjid from pg_shdepend where refclassid = 'pg_authid'::regclass
                    and dbid = (select oid from pg_database where datname = current_database()))
                  or oid in (select relowner from pg_class) or oid in (select nspowner from pg_namespace))
                order by 1
                """);
    }

    List<BackupManifest.RequiredExtension> extensions() throws SQLException {
        var extensions = new ArrayList<BackupManifest.RequiredExtension>();
        try (var statement = session.createStatement();
                var rows = statement.executeQuery("""
                        select extname, extversion, nspname from pg_extension join pg_namespace n on n.oid = extnamespace
                        where extname <> 'plpgsql' order by 1
                        """)) {
            while (rows.next()) {
                extensions.add(
                        new BackupManifest.RequiredExtension(rows.getString(1), rows.getString(2), rows.getString(3)));
            }
        }
        return extensions;
    }

    List<String> schemas() throws SQLException {
        return JdbcQueries.queryStrings(
                        session,
                        "select nspname from pg_namespace where nspname not like 'pg\\_%' and nspname <> 'information_schema' order by 1")
                .stream()
                .filter(schema -> !excluded.contains(schema))
                .toList();
    }

    /**
     * Terminates the session, including a statement running in another thread.
     *
     * @param reason failures of the termination are added to it as suppressed
     */
    void abort(Exception reason) {
        // A backend that waits for a lock does not notice that its client is gone.
        try (var another = source.connect()) {
            JdbcQueries.queryStrings(another, "select pg_terminate_backend(?)::text", backendPid);
        } catch (SQLException | IOException e) {
            reason.addSuppressed(e);
        }
        try {
            session.abort(DIRECT_EXECUTOR);
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    @Override
    public void close() throws BackupException {
        try {
            session.close();
        } catch (SQLException e) {
            throw databaseFailure(e);
        }
    }
}

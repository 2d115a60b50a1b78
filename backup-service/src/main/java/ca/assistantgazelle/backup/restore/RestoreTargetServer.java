package ca.assistantgazelle.backup.restore;

import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.manifest.BackupManifest;
import ca.assistantgazelle.backup.manifest.DatabaseFingerprint;
import ca.assistantgazelle.backup.manifest.DatabaseFingerprintReader;
import ca.assistantgazelle.backup.postgresql.DatabaseAddress;
import ca.assistantgazelle.backup.postgresql.JdbcQueries;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Queries and changes on the server that a backup is restored into. */
final class RestoreTargetServer {
    /** Exists on every server. */
    private static final String MAINTENANCE_DATABASE = "postgres";

    private static final String TEMPLATE_DATABASE = "template1";

    private static final int VERSION_DIVISOR = 10_000;

    private final DatabaseAddress server;

    RestoreTargetServer(DatabaseAddress server) {
        this.server = server;
    }

    /** Work in a session of one of its databases. */
    interface DatabaseWork<T> {
        T apply(Connection session) throws SQLException;
    }

    <T> T inDatabase(String database, DatabaseWork<T> work) throws BackupException {
        try (var session = server.database(database).connect()) {
            return work.apply(session);
        } catch (SQLException e) {
            throw new BackupException(
                    BackupErrorClass.RESTORE_FAILED,
                    "The target server reported an error: " + JdbcQueries.describe(e),
                    "Make sure that the role may create databases and roles there.",
                    e);
        }
    }

    <T> T inMaintenanceDatabase(DatabaseWork<T> work) throws BackupException {
        return inDatabase(MAINTENANCE_DATABASE, work);
    }

    DatabaseAddress database(String name) {
        return server.database(name);
    }

    int majorVersion() throws BackupException {
        return inMaintenanceDatabase(session -> (int)
                (JdbcQueries.queryLong(session, "select current_setting('server_version_num')") / VERSION_DIVISOR));
    }

    boolean exists(String database) throws BackupException {
        return inMaintenanceDatabase(session -> JdbcQueries.queryBoolean(
                session, "select exists (select from pg_database where datname = ?)", database));
    }

    /** Whether it has no user tables, views or sequences, and no schema but public. */
    boolean isEmpty(String database) throws BackupException {
        return inDatabase(database, session -> JdbcQueries.queryBoolean(session, """
                select not exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema')
                  and not exists (select from pg_namespace where nspname not like 'pg\\_%' and nspname not in ('information_schema', 'public'))
                """));
    }

    /** Whether the backup was taken from this database. */
    boolean isSource(BackupManifest.BackupOrigin origin, String database) throws BackupException {
        if (server.database(database).fingerprint().equals(origin.fingerprint())) {
            return true;
        }
        return origin.systemIdentifier() != null
                && database.equals(origin.database())
                && inMaintenanceDatabase(session -> JdbcQueries.queryBoolean(
                                session, "select has_function_privilege('pg_catalog.pg_control_system()', 'execute')")
                        && JdbcQueries.queryBoolean(
                                session,
                                "select system_identifier::text = ? from pg_catalog.pg_control_system()",
                                origin.systemIdentifier()));
    }

    List<String> missingRoles(List<String> roles) throws BackupException {
        var present =
                inMaintenanceDatabase(session -> JdbcQueries.queryStrings(session, "select rolname from pg_roles"));
        return roles.stream().filter(role -> !present.contains(role)).toList();
    }

    boolean mayCreateRoles() throws BackupException {
        return inMaintenanceDatabase(session -> JdbcQueries.queryBoolean(
                session, "select rolsuper or rolcreaterole from pg_roles where rolname = current_user"));
    }

    List<String> missingExtensions(List<BackupManifest.RequiredExtension> extensions) throws BackupException {
        var present = inMaintenanceDatabase(
                session -> JdbcQueries.queryStrings(session, "select name from pg_available_extensions"));
        return extensions.stream()
                .map(BackupManifest.RequiredExtension::name)
                .filter(name -> !present.contains(name))
                .toList();
    }

    /** Creates roles without login; they are needed for grants and policies. */
    void createRoles(List<String> roles) throws BackupException {
        inMaintenanceDatabase(session -> {
            for (var role : roles) {
                JdbcQueries.execute(session, "create role " + quoteIdentifier(role) + " nologin");
            }
            return null;
        });
    }

    void create(String database, String comment) throws BackupException {
        inMaintenanceDatabase(session -> {
            JdbcQueries.execute(
                    session, "create database " + quoteIdentifier(database) + " template template0 encoding 'UTF8'");
            return null;
        });
        comment(database, comment);
    }

    void comment(String database, String comment) throws BackupException {
        inMaintenanceDatabase(session -> {
            JdbcQueries.execute(
                    session,
                    "comment on database " + quoteIdentifier(database) + " is '" + comment.replace("'", "''") + "'");
            return null;
        });
    }

    void drop(String database) throws BackupException {
        inMaintenanceDatabase(session -> {
            JdbcQueries.execute(session, "drop database if exists " + quoteIdentifier(database) + " with (force)");
            return null;
        });
    }

    /**
     * Renames the present database to the kept name and the restored one to the present name, in one transaction and
     * without other connections.
     */
    void replaceDatabase(String restored, String present, String kept) throws BackupException {
        // From a database that is neither of the two.
        inDatabase(TEMPLATE_DATABASE, session -> {
            setConnectionsAllowed(session, present, false);
            try {
                for (var name : List.of(present, restored)) {
                    JdbcQueries.queryStrings(
                            session,
                            "select pg_terminate_backend(pid, 5000)::text from pg_stat_activity where datname = ? and pid <> pg_backend_pid()",
                            name);
                }
                session.setAutoCommit(false);
                JdbcQueries.execute(
                        session, "alter database " + quoteIdentifier(present) + " rename to " + quoteIdentifier(kept));
                JdbcQueries.execute(
                        session,
                        "alter database " + quoteIdentifier(restored) + " rename to " + quoteIdentifier(present));
                session.commit();
            } catch (SQLException e) {
                session.rollback();
                session.setAutoCommit(true);
                setConnectionsAllowed(session, present, true);
                throw e;
            }
            session.setAutoCommit(true);
            setConnectionsAllowed(session, kept, true);
            return null;
        });
    }

    private static void setConnectionsAllowed(Connection session, String database, boolean connections)
            throws SQLException {
        JdbcQueries.execute(
                session, "alter database " + quoteIdentifier(database) + " allow_connections " + connections);
    }

    /** Databases whose names start with the prefix, with their comments. */
    List<String[]> databasesWithPrefix(String prefix) throws BackupException {
        return inMaintenanceDatabase(session -> {
            var found = new ArrayList<String[]>();
            try (var statement = session.prepareStatement(
                    "select datname, shobj_description(oid, 'pg_database') from pg_database where starts_with(datname, ?)")) {
                statement.setString(1, prefix);
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.add(new String[] {rows.getString(1), rows.getString(2)});
                    }
                }
            }
            return found;
        });
    }

    /** Reads the current contents, after an analyze. */
    DatabaseFingerprint readContents(String database, List<String> excluded) throws BackupException {
        return inDatabase(database, session -> {
            JdbcQueries.execute(session, "analyze");
            session.setAutoCommit(false);
            session.setReadOnly(true);
            session.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return new DatabaseFingerprintReader(session, excluded).read();
        });
    }

    static String quoteIdentifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    @Override
    public String toString() {
        return server.host() + ":" + server.port();
    }
}

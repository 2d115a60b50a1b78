package ca.assistantgazelle.backup.dump;

import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.postgresql.DatabaseAddress;
import ca.assistantgazelle.backup.postgresql.JdbcQueries;
import ca.assistantgazelle.backup.postgresql.PostgresClientTool;
import ca.assistantgazelle.database.SessionPoolingCheck;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Checks, before anything is written, for conditions that would make a dump fail midway or silently omit data. */
final class BackupPreflight {
    private static final int TRANSACTION_POOLER = 6543;
    private static final int MAX_LISTED = 20;

    private BackupPreflight() {}

    static void requireDirect(DatabaseAddress source) throws BackupException {
        if (source.port() == TRANSACTION_POOLER) {
            throw poolerFailure("Port 6543 is the port of a transaction pooler.");
        }
    }

    private static BackupException poolerFailure(String what) {
        return new BackupException(
                BackupErrorClass.SOURCE_POOLER,
                what + " pg_dump needs one session from start to end.",
                "Set PGHOST and PGPORT to the direct host or the session pooler (Supabase: port 5432).");
    }

    /** Requires pg_dump to be at least as new as the server. */
    static void requireVersion(PostgresClientTool tool, int server, String version) throws BackupException {
        if (tool.majorVersion() < server) {
            throw new BackupException(
                    BackupErrorClass.TOOL_VERSION,
                    "server %s, pg_dump %s: pg_dump must not be older than the server."
                            .formatted(version, tool.version()),
                    "Install the PostgreSQL client of version " + server + " or newer.");
        }
    }

    /** Requires read access to all tables, rows, sequences and large objects. */
    static void requireReadable(Connection session, List<String> excluded) throws SQLException, IOException {
        var closed = new ArrayList<String>();
        closed.addAll(unreadableObjects(session, excluded, """
            select case c.relkind when 'S' then 'sequence ' else 'table ' end || format('%I.%I', n.nspname, c.relname)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'm', 'S')
              and not (has_schema_privilege(n.oid, 'usage') and case c.relkind when 'S' then has_sequence_privilege(c.oid, 'select') else has_table_privilege(c.oid, 'select') end)
            """));
        closed.addAll(unreadableObjects(session, excluded, """
            select 'rows of ' || format('%I.%I', n.nspname, c.relname) || ' (row-level security)'
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and c.relrowsecurity and not (select rolsuper or rolbypassrls from pg_roles where rolname = current_user)
              and (c.relforcerowsecurity or not pg_has_role(c.relowner, 'usage'))
            """));
        closed.addAll(unreadableLargeObjects(session));
        if (!closed.isEmpty()) {
            throw new BackupException(
                    BackupErrorClass.SOURCE_PRIVILEGE,
                    closed.size()
                            + " objects are not readable by "
                            + JdbcQueries.queryString(session, "select current_user")
                            + ": "
                            + String.join(", ", closed.subList(0, Math.min(MAX_LISTED, closed.size())))
                            + (closed.size() > MAX_LISTED ? ", …" : ""),
                    "Grant it pg_read_all_data and BYPASSRLS, or list the schemas to exclude in BACKUP_EXCLUDED_SCHEMAS; nothing is omitted silently.");
        }
    }

    private static List<String> unreadableObjects(Connection session, List<String> excluded, String sql)
            throws SQLException {
        var found = new ArrayList<String>();
        try (var statement = session.prepareStatement(
                sql
                        + " and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' and n.nspname <> all (?) order by 1")) {
            statement.setArray(1, session.createArrayOf("name", excluded.toArray()));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }

    // pg_read_all_data does not cover large objects.
    private static List<String> unreadableLargeObjects(Connection session) throws SQLException {
        return JdbcQueries.queryStrings(session, """
        select 'large object ' || m.oid from pg_largeobject_metadata m
        where not (select rolsuper from pg_roles where rolname = current_user)
          and not pg_has_role(m.lomowner, 'usage')
          and not exists (select from aclexplode(m.lomacl) a where a.privilege_type = 'SELECT' and (a.grantee = 0 or pg_has_role(a.grantee, 'usage')))
        order by 1
        """);
    }

    /** Requires that a connection keeps its session between transactions. */
    static void requireSession(DatabaseAddress source) throws IOException {
        try (var first = source.connect();
                var second = source.connect()) {
            if (!SessionPoolingCheck.keepsSession(first, second)) {
                throw poolerFailure("Statements of one connection reach different sessions.");
            }
        } catch (SQLException e) {
            throw SnapshotSession.databaseFailure(e);
        }
    }

    /** Requires the snapshot to be importable by another session, as pg_dump does. */
    static void requireSnapshot(DatabaseAddress source, String snapshot) throws IOException {
        try (var second = source.connect()) {
            second.setAutoCommit(false);
            second.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            JdbcQueries.execute(second, "set transaction snapshot '" + snapshot.replace("'", "''") + "'");
            second.rollback();
        } catch (SQLException e) {
            throw poolerFailure("A snapshot exported by one session is unknown to another.");
        }
    }

    /** The failure for a lock timeout, naming the current lock holders. */
    static BackupException lockTimeout(DatabaseAddress source, String words, Exception cause) throws BackupException {
        String holders;
        try (var another = source.connect()) {
            holders = lockHolders(another);
        } catch (SQLException e) {
            throw SnapshotSession.databaseFailure(e);
        }
        return new BackupException(
                BackupErrorClass.SOURCE_LOCK,
                "Timed out waiting for a table lock: "
                        + (holders.isEmpty() ? "it has been released since" : holders)
                        + ". "
                        + words,
                "End the session that holds the lock, or run the backup later.",
                cause);
    }

    private static String lockHolders(Connection session) throws SQLException {
        return String.join(", ", JdbcQueries.queryStrings(session, """
                select distinct format('%I.%I', n.nspname, c.relname) || ' by process ' || l.pid
                from pg_locks l join pg_class c on c.oid = l.relation join pg_namespace n on n.oid = c.relnamespace
                where l.mode = 'AccessExclusiveLock' and l.granted and n.nspname not like 'pg\\_%'
                """));
    }
}

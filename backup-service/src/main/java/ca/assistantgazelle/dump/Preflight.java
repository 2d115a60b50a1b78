package ca.assistantgazelle.dump;

import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.postgresql.Rows;
import ca.assistantgazelle.postgresql.Source;
import ca.assistantgazelle.postgresql.Tool;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What would make a dump fail half-way or leave something out without a word, found before its
 * first byte.
 */
final class Preflight {
  private static final int TRANSACTION_POOLER = 6543;
  private static final int SHOWN = 20;
  private static final Set<String> OTHERS_STATEMENTS = Set.of("42P05", "26000");

  private Preflight() {}

  static void requireDirect(Source source) throws BackupException {
    if (source.port() == TRANSACTION_POOLER) {
      throw pooler("Port 6543 is a transaction pooler's.");
    }
  }

  private static BackupException pooler(String what) {
    return new BackupException(
        Cause.SOURCE_POOLER,
        what
            + " A dump needs one session from beginning to end, and would change others' sessions.",
        "Point PGHOST and PGPORT at the direct host or at the session pooler (Supabase: port 5432).");
  }

  /** The server must not be newer than the client. */
  static void requireVersion(Tool tool, int server, String version) throws BackupException {
    if (tool.major() < server) {
      throw new BackupException(
          Cause.TOOL_VERSION,
          "server " + version + ", pg_dump " + tool.version() + ": pg_dump must not be older.",
          "Install PostgreSQL's client of version " + server + " or newer.");
    }
  }

  /** Everything may be read, and all of it. */
  static void requireReadable(Connection session, List<String> excluded)
      throws SQLException, IOException {
    var closed = new ArrayList<String>();
    closed.addAll(
        closed(
            session,
            excluded,
            """
            select case c.relkind when 'S' then 'sequence ' else 'table ' end || format('%I.%I', n.nspname, c.relname)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'm', 'S')
              and not (has_schema_privilege(n.oid, 'usage') and case c.relkind when 'S' then has_sequence_privilege(c.oid, 'select') else has_table_privilege(c.oid, 'select') end)
            """));
    closed.addAll(
        closed(
            session,
            excluded,
            """
            select 'rows of ' || format('%I.%I', n.nspname, c.relname) || ' (row-level security)'
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and c.relrowsecurity and not (select rolsuper or rolbypassrls from pg_roles where rolname = current_user)
              and (c.relforcerowsecurity or not pg_has_role(c.relowner, 'usage'))
            """));
    closed.addAll(largeObjects(session));
    if (!closed.isEmpty()) {
      throw new BackupException(
          Cause.SOURCE_PRIVILEGE,
          closed.size()
              + " objects may not be read by "
              + Rows.text(session, "select current_user")
              + ": "
              + String.join(", ", closed.subList(0, Math.min(SHOWN, closed.size())))
              + (closed.size() > SHOWN ? ", …" : ""),
          "Grant it pg_read_all_data and BYPASSRLS, or name schemas that must stay out in BACKUP_EXCLUDED_SCHEMAS; nothing is left out silently.");
    }
  }

  private static List<String> closed(Connection session, List<String> excluded, String sql)
      throws SQLException {
    var found = new ArrayList<String>();
    try (var statement =
        session.prepareStatement(
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

  // Reading all data does not include them: backup.md §0.2.
  private static List<String> largeObjects(Connection session) throws SQLException {
    return Rows.texts(
        session,
        """
        select 'large object ' || m.oid from pg_largeobject_metadata m
        where not (select rolsuper from pg_roles where rolname = current_user)
          and not pg_has_role(m.lomowner, 'usage')
          and not exists (select from aclexplode(m.lomacl) a where a.privilege_type = 'SELECT' and (a.grantee = 0 or pg_has_role(a.grantee, 'usage')))
        order by 1
        """);
  }

  /**
   * One connection is one session, also between transactions: behind a transaction pooler, another
   * connection's transaction takes the backend, and what was set is gone or somebody else's.
   */
  static void requireSession(Source source) throws IOException {
    try (var ours = source.connect();
        var other = source.connect()) {
      var mark = UUID.randomUUID().toString();
      var before = mark(ours, mark);
      other.setAutoCommit(false);
      Rows.texts(other, "select 1");
      var after =
          Rows.text(
              ours, "select pg_backend_pid() || ' ' || current_setting('gazelle.probe', true)");
      other.rollback();
      if (!(before + " " + mark).equals(after)) {
        throw pooler("One connection's statements reach different sessions.");
      }
    } catch (SQLException e) {
      // Somebody else's statement was met, or ours was looked for where it is not.
      throw OTHERS_STATEMENTS.contains(e.getSQLState())
          ? pooler("One connection's statements reach different sessions.")
          : SnapshotSession.unexpected(e);
    }
  }

  private static String mark(Connection session, String mark) throws SQLException {
    Rows.texts(session, "select set_config('gazelle.probe', ?, false)", mark);
    return Rows.text(session, "select pg_backend_pid()");
  }

  /** A snapshot must be known to another session, which pg_dump's is. */
  static void requireSnapshot(Source source, String snapshot) throws IOException {
    try (var second = source.connect()) {
      second.setAutoCommit(false);
      second.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      Rows.execute(second, "set transaction snapshot '" + snapshot.replace("'", "''") + "'");
      second.rollback();
    } catch (SQLException e) {
      throw pooler("The snapshot of one session is not known to another.");
    }
  }

  /** A table was waited for too long: who has it, as far as can be told now. */
  static BackupException locked(Source source, String words, Exception cause)
      throws BackupException {
    String holders;
    try (var another = source.connect()) {
      holders = lockHolders(another);
    } catch (SQLException e) {
      throw SnapshotSession.unexpected(e);
    }
    return new BackupException(
        Cause.SOURCE_LOCK,
        "A table was locked too long: "
            + (holders.isEmpty() ? "its holder has let go since" : holders)
            + ". "
            + words,
        "End the session that holds the lock, or run the backup later.",
        cause);
  }

  private static String lockHolders(Connection session) throws SQLException {
    return String.join(
        ", ",
        Rows.texts(
            session,
            """
            select distinct format('%I.%I', n.nspname, c.relname) || ' by process ' || l.pid
            from pg_locks l join pg_class c on c.oid = l.relation join pg_namespace n on n.oid = c.relnamespace
            where l.mode = 'AccessExclusiveLock' and l.granted and n.nspname not like 'pg\\_%'
            """));
  }
}

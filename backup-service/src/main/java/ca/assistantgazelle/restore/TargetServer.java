package ca.assistantgazelle.restore;

import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.manifest.Contents;
import ca.assistantgazelle.manifest.ContentsReader;
import ca.assistantgazelle.manifest.Manifest;
import ca.assistantgazelle.postgresql.Rows;
import ca.assistantgazelle.postgresql.Source;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The server that a backup is restored into: what it is asked, and what is changed on it. */
final class TargetServer {
  /** Every server has it. */
  private static final String MAINTENANCE = "postgres";

  private static final String TEMPLATE = "template1";

  private static final int VERSION_DIVISOR = 10_000;

  private final Source server;

  TargetServer(Source server) {
    this.server = server;
  }

  /** Asks, or does, something in one of its databases. */
  interface Work<T> {
    T with(Connection session) throws SQLException;
  }

  <T> T in(String database, Work<T> work) throws BackupException {
    try (var session = server.database(database).connect()) {
      return work.with(session);
    } catch (SQLException e) {
      throw new BackupException(
          Cause.RESTORE_FAILED,
          "The target server did not do it: " + Rows.words(e),
          "See that the role may create databases and roles there.",
          e);
    }
  }

  <T> T maintenance(Work<T> work) throws BackupException {
    return in(MAINTENANCE, work);
  }

  Source database(String name) {
    return server.database(name);
  }

  int major() throws BackupException {
    return maintenance(
        session ->
            (int)
                (Rows.number(session, "select current_setting('server_version_num')")
                    / VERSION_DIVISOR));
  }

  boolean exists(String database) throws BackupException {
    return maintenance(
        session ->
            Rows.is(
                session, "select exists (select from pg_database where datname = ?)", database));
  }

  /** No table, view, sequence or function of anybody's. */
  boolean isEmpty(String database) throws BackupException {
    return in(
        database,
        session ->
            Rows.is(
                session,
                """
                select not exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema')
                  and not exists (select from pg_namespace where nspname not like 'pg\\_%' and nspname not in ('information_schema', 'public'))
                """));
  }

  /** Whether the backup was taken from this very database. */
  boolean isSource(Manifest.Origin origin, String database) throws BackupException {
    if (server.database(database).fingerprint().equals(origin.fingerprint())) {
      return true;
    }
    return origin.systemIdentifier() != null
        && database.equals(origin.database())
        && maintenance(
            session ->
                Rows.is(
                        session,
                        "select has_function_privilege('pg_catalog.pg_control_system()', 'execute')")
                    && Rows.is(
                        session,
                        "select system_identifier::text = ? from pg_catalog.pg_control_system()",
                        origin.systemIdentifier()));
  }

  List<String> missingRoles(List<String> roles) throws BackupException {
    var present = maintenance(session -> Rows.texts(session, "select rolname from pg_roles"));
    return roles.stream().filter(role -> !present.contains(role)).toList();
  }

  boolean mayCreateRoles() throws BackupException {
    return maintenance(
        session ->
            Rows.is(
                session,
                "select rolsuper or rolcreaterole from pg_roles where rolname = current_user"));
  }

  List<String> missingExtensions(List<Manifest.Extension> extensions) throws BackupException {
    var present =
        maintenance(session -> Rows.texts(session, "select name from pg_available_extensions"));
    return extensions.stream()
        .map(Manifest.Extension::name)
        .filter(name -> !present.contains(name))
        .toList();
  }

  /** They cannot log in: only rights and policies name them. */
  void createRoles(List<String> roles) throws BackupException {
    maintenance(
        session -> {
          for (var role : roles) {
            Rows.execute(session, "create role " + quoted(role) + " nologin");
          }
          return null;
        });
  }

  void create(String database, String comment) throws BackupException {
    maintenance(
        session -> {
          Rows.execute(
              session,
              "create database " + quoted(database) + " template template0 encoding 'UTF8'");
          return null;
        });
    comment(database, comment);
  }

  void comment(String database, String comment) throws BackupException {
    maintenance(
        session -> {
          Rows.execute(
              session,
              "comment on database "
                  + quoted(database)
                  + " is '"
                  + comment.replace("'", "''")
                  + "'");
          return null;
        });
  }

  void drop(String database) throws BackupException {
    maintenance(
        session -> {
          Rows.execute(session, "drop database if exists " + quoted(database) + " with (force)");
          return null;
        });
  }

  /**
   * The present one is kept under the third name; the first takes its place. Nobody can come in
   * between, and both get their names or none.
   */
  void swap(String restored, String present, String kept) throws BackupException {
    // Every server has it, and nobody renames it.
    in(
        TEMPLATE,
        session -> {
          allow(session, present, false);
          try {
            for (var name : List.of(present, restored)) {
              Rows.texts(
                  session,
                  "select pg_terminate_backend(pid, 5000)::text from pg_stat_activity where datname = ? and pid <> pg_backend_pid()",
                  name);
            }
            session.setAutoCommit(false);
            Rows.execute(
                session, "alter database " + quoted(present) + " rename to " + quoted(kept));
            Rows.execute(
                session, "alter database " + quoted(restored) + " rename to " + quoted(present));
            session.commit();
          } catch (SQLException e) {
            session.rollback();
            session.setAutoCommit(true);
            allow(session, present, true);
            throw e;
          }
          session.setAutoCommit(true);
          allow(session, kept, true);
          return null;
        });
  }

  private static void allow(Connection session, String database, boolean connections)
      throws SQLException {
    Rows.execute(
        session, "alter database " + quoted(database) + " allow_connections " + connections);
  }

  /** Databases whose names begin so, with their comments. */
  List<String[]> commented(String prefix) throws BackupException {
    return maintenance(
        session -> {
          var found = new ArrayList<String[]>();
          try (var statement =
              session.prepareStatement(
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

  /** Everything that is there now, after statistics were made. */
  Contents contents(String database, List<String> excluded) throws BackupException {
    return in(
        database,
        session -> {
          Rows.execute(session, "analyze");
          session.setAutoCommit(false);
          session.setReadOnly(true);
          session.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
          return new ContentsReader(session, excluded).read();
        });
  }

  static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  @Override
  public String toString() {
    return server.host() + ":" + server.port();
  }
}

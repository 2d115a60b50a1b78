package ca.assistantgazelle.dump;

import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.manifest.Contents;
import ca.assistantgazelle.manifest.ContentsReader;
import ca.assistantgazelle.manifest.Manifest;
import ca.assistantgazelle.postgresql.Rows;
import ca.assistantgazelle.postgresql.Source;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/**
 * A session that holds one moment of the database still: what it reads, and what pg_dump reads
 * under its exported snapshot, is the same. Source: backup.md §0.9.
 */
final class SnapshotSession implements AutoCloseable {
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final Executor AT_ONCE = Runnable::run;

  private final Connection session;
  private final Source source;
  private final List<String> excluded;
  private final String snapshot;
  private final int backend;

  private SnapshotSession(
      Connection session, Source source, List<String> excluded, String snapshot, int backend) {
    this.session = session;
    this.source = source;
    this.excluded = excluded;
    this.snapshot = snapshot;
    this.backend = backend;
  }

  /** Opens it; from here on, the moment stands still. */
  static SnapshotSession open(Source source, List<String> excluded) throws BackupException {
    var connection = source.connect();
    try {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      ContentsReader.pin(connection);
      return new SnapshotSession(
          connection,
          source,
          excluded,
          Rows.text(connection, "select pg_export_snapshot()"),
          (int) Rows.number(connection, "select pg_backend_pid()"));
    } catch (SQLException e) {
      var failure = unexpected(e);
      try {
        connection.close();
      } catch (SQLException later) {
        failure.addSuppressed(later);
      }
      throw failure;
    }
  }

  static BackupException unexpected(SQLException e) {
    if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
      return new BackupException(
          Cause.SOURCE_LOCK,
          "A table was locked too long: " + Rows.words(e),
          "End the session that holds the lock, or run the backup later.",
          e);
    }
    return new BackupException(
        Cause.SOURCE_CONNECT,
        "The database did not answer as it should: " + Rows.words(e),
        "Look at PostgreSQL's log; see that the connection is direct or a session pooler's.",
        e);
  }

  /** What pg_dump is given. */
  String snapshot() {
    return snapshot;
  }

  Connection connection() {
    return session;
  }

  /**
   * No table can be changed under the dump from here on.
   *
   * @throws InterruptedException when told to stop while somebody else holds a table
   */
  void lock() throws IOException, InterruptedException {
    var locking =
        new FutureTask<Void>(
            () -> {
              new ContentsReader(session, excluded).lock();
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
            ? Preflight.locked(source, Rows.words(known), known)
            : unexpected(known);
      }
      throw new IOException(e.getCause());
    }
  }

  /** Counts and sums everything as of the snapshot. Reads all rows. */
  Contents contents() throws BackupException {
    try {
      return new ContentsReader(session, excluded).read();
    } catch (SQLException e) {
      throw unexpected(e);
    }
  }

  Manifest.Origin origin() throws SQLException {
    return new Manifest.Origin(
        source.database(),
        systemIdentifier(session),
        Rows.text(session, "select current_setting('server_version')").split(" ", 2)[0],
        Rows.text(session, "select current_setting('server_encoding')"),
        source.fingerprint(),
        "session");
  }

  /** Null when the role may not ask. */
  static String systemIdentifier(Connection session) throws SQLException {
    return Rows.is(
            session, "select has_function_privilege('pg_catalog.pg_control_system()', 'execute')")
        ? Rows.text(session, "select system_identifier::text from pg_catalog.pg_control_system()")
        : null;
  }

  Manifest.Snapshot moment() throws SQLException {
    var at =
        Rows.text(
            session,
            "select to_char(now() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
    var lsn =
        Rows.text(
            session,
            "select case when pg_is_in_recovery() then null else pg_current_wal_lsn()::text end");
    return new Manifest.Snapshot(Instant.parse(at), lsn, migration());
  }

  private String migration() throws SQLException {
    if (Rows.text(session, "select to_regclass('automation.schema_history')::text") == null) {
      return null;
    }
    var newest =
        Rows.texts(
            session,
            "select version from automation.schema_history where success and version is not null order by installed_rank desc limit 1");
    return newest.isEmpty() ? null : "V" + newest.getFirst();
  }

  /** Everybody whom owners, grants or policies of this database name. */
  List<String> roles() throws SQLException {
    return Rows.texts(
        session,
        """
        select rolname from pg_roles where rolname not like 'pg\\_%' and (
          oid in (select refobjid from pg_shdepend where refclassid = 'pg_authid'::regclass
            and dbid = (select oid from pg_database where datname = current_database()))
          or oid in (select relowner from pg_class) or oid in (select nspowner from pg_namespace))
        order by 1
        """);
  }

  List<Manifest.Extension> extensions() throws SQLException {
    var extensions = new ArrayList<Manifest.Extension>();
    try (var statement = session.createStatement();
        var rows =
            statement.executeQuery(
                """
                select extname, extversion, nspname from pg_extension join pg_namespace n on n.oid = extnamespace
                where extname <> 'plpgsql' order by 1
                """)) {
      while (rows.next()) {
        extensions.add(
            new Manifest.Extension(rows.getString(1), rows.getString(2), rows.getString(3)));
      }
    }
    return extensions;
  }

  List<String> schemas() throws SQLException {
    return Rows.texts(
            session,
            "select nspname from pg_namespace where nspname not like 'pg\\_%' and nspname <> 'information_schema' order by 1")
        .stream()
        .filter(schema -> !excluded.contains(schema))
        .toList();
  }

  /**
   * Ends a question under way in another thread, too.
   *
   * @param reason gets what goes wrong meanwhile
   */
  void abort(Exception reason) {
    // A backend that waits for a lock does not notice that nobody listens any more.
    try (var another = source.connect()) {
      Rows.texts(another, "select pg_terminate_backend(?)::text", backend);
    } catch (SQLException | IOException e) {
      reason.addSuppressed(e);
    }
    try {
      session.abort(AT_ONCE);
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  @Override
  public void close() throws BackupException {
    try {
      session.close();
    } catch (SQLException e) {
      throw unexpected(e);
    }
  }
}

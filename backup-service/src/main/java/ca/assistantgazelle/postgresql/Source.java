package ca.assistantgazelle.postgresql;

import ca.assistantgazelle.archive.Hashing;
import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * A database by libpq's names: what pg_dump, pg_restore and JDBC need of it. The password never
 * stands in a command line.
 *
 * @param password may be null
 */
public record Source(
    String host, int port, String database, String user, String password, String sslMode) {
  private static final int CONNECT_SECONDS = 10;
  private static final int FINGERPRINT = 12;

  /**
   * For a child process, which gets nothing else.
   *
   * @param application names its session, for example {@code gz-backup/<run id>}
   */
  public Map<String, String> environment(String application) {
    var environment = new LinkedHashMap<String, String>();
    environment.put("PGHOST", host);
    environment.put("PGPORT", Integer.toString(port));
    environment.put("PGDATABASE", database);
    environment.put("PGUSER", user);
    if (password != null) {
      environment.put("PGPASSWORD", password);
    }
    environment.put("PGSSLMODE", sslMode);
    environment.put("PGAPPNAME", application);
    environment.put("PGCONNECT_TIMEOUT", Integer.toString(CONNECT_SECONDS));
    environment.put("LC_ALL", "C.UTF-8");
    return environment;
  }

  /** A session of its own; the caller closes it. */
  public Connection connect() throws BackupException {
    var settings = new Properties();
    settings.setProperty("user", user);
    settings.setProperty("password", password == null ? "" : password);
    settings.setProperty("sslmode", sslMode);
    settings.setProperty("ApplicationName", "gz-backup");
    settings.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
    settings.setProperty("loginTimeout", Integer.toString(CONNECT_SECONDS));
    settings.setProperty("tcpKeepAlive", "true");
    try {
      return DriverManager.getConnection(
          "jdbc:postgresql://"
              + host
              + ":"
              + port
              + "/"
              + URLEncoder.encode(database, StandardCharsets.UTF_8),
          settings);
    } catch (SQLException e) {
      throw unreachable(e);
    }
  }

  private BackupException unreachable(SQLException e) {
    var state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.startsWith("28")) {
      return new BackupException(
          Cause.SOURCE_AUTH,
          host + ":" + port + " refuses the login of " + user + " (SQLSTATE " + state + ").",
          "Check PGUSER and PGPASSWORD.",
          e);
    }
    boolean wordless = (password == null || password.isEmpty()) && state.equals("08004");
    return new BackupException(
        Cause.SOURCE_CONNECT,
        "Database "
            + database
            + " on "
            + host
            + ":"
            + port
            + " cannot be reached (SQLSTATE "
            + state
            + ").",
        wordless
            ? "It wants a password: set PGPASSWORD."
            : "See that PostgreSQL runs, and that PGHOST, PGPORT, PGDATABASE and PGSSLMODE are right.",
        e);
  }

  /** The same server and login, another database. */
  public Source database(String name) {
    return new Source(host, port, name, user, password, sslMode);
  }

  /** Tells one database from another without naming it: 12 hexadecimal digits. */
  public String fingerprint() {
    return Hashing.sha256((host + ":" + port + "/" + database).getBytes(StandardCharsets.UTF_8))
        .substring(0, FINGERPRINT);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return user + "@" + host + ":" + port + "/" + database;
  }
}

package ca.assistantgazelle.backup.postgresql;

import ca.assistantgazelle.backup.archive.HashingOutputStream;
import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.database.DatabaseTls;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Connection parameters of a database for pg_dump, pg_restore and JDBC. The password is never passed on a command line.
 *
 * @param password may be null
 */
public record DatabaseAddress(String host, int port, String database, String user, String password, DatabaseTls tls) {
    private static final int CONNECT_SECONDS = 10;
    private static final int FINGERPRINT_LENGTH = 12;

    /** Without TLS parameters beyond the mode. */
    public DatabaseAddress(String host, int port, String database, String user, String password, String sslMode) {
        this(host, port, database, user, password, DatabaseTls.of(sslMode, null, "127.0.0.1"));
    }

    /**
     * The environment for a client program.
     *
     * @param application application name of its session, for example {@code gz-backup/<run id>}
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
        environment.putAll(tls.environment());
        environment.put("PGAPPNAME", application);
        environment.put("PGCONNECT_TIMEOUT", Integer.toString(CONNECT_SECONDS));
        environment.put("LC_ALL", "C.UTF-8");
        return environment;
    }

    /** Opens a connection; the caller closes it. */
    public Connection connect() throws BackupException {
        var settings = new Properties();
        settings.setProperty("user", user);
        settings.setProperty("password", password == null ? "" : password);
        tls.jdbcParameters().forEach(settings::setProperty);
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
            throw connectFailure(e);
        }
    }

    private BackupException connectFailure(SQLException e) {
        var state = e.getSQLState() == null ? "" : e.getSQLState();
        if (state.startsWith("28")) {
            return new BackupException(
                    BackupErrorClass.SOURCE_AUTH,
                    host + ":" + port + " rejected the login of " + user + " (SQLSTATE " + state + ").",
                    "Check PGUSER and PGPASSWORD.",
                    e);
        }
        boolean wordless = (password == null || password.isEmpty()) && state.equals("08004");
        return new BackupException(
                BackupErrorClass.SOURCE_CONNECT,
                "Database " + database + " on " + host + ":" + port + " is unreachable (SQLSTATE " + state + ").",
                wordless
                        ? "A password is required: set PGPASSWORD."
                        : "Make sure that PostgreSQL is running, and that PGHOST, PGPORT, PGDATABASE and PGSSLMODE are correct.",
                e);
    }

    /** Another database with the same server and login. */
    public DatabaseAddress database(String name) {
        return new DatabaseAddress(host, port, name, user, password, tls);
    }

    /** Identifies a database without revealing its name: 12 hexadecimal digits. */
    public String fingerprint() {
        return HashingOutputStream.sha256((host + ":" + port + "/" + database).getBytes(StandardCharsets.UTF_8))
                .substring(0, FINGERPRINT_LENGTH);
    }

    /** Does not contain the password. */
    @Override
    public String toString() {
        return user + "@" + host + ":" + port + "/" + database;
    }
}

package ca.assistantgazelle.emulators.postgres;

import ca.assistantgazelle.emulators.CommandRunner;
import ca.assistantgazelle.emulators.EmulatorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An embedded PostgreSQL server that listens on the loopback interface only. */
public final class PostgresServer implements AutoCloseable {
    public static final String USER = "gazelle";
    public static final String DATABASE = "gazelle";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private final Process process;
    private final int port;
    private final String password;

    private PostgresServer(Process process, int port, String password) {
        this.process = process;
        this.port = port;
        this.password = password;
    }

    /**
     * Starts a server on {@code cluster.data()}, creating the data folder and the database if they do not exist.
     *
     * @throws EmulatorException if it does not start; the message names the log or its last line
     */
    public static PostgresServer start(PostgresCluster cluster) {
        try {
            cluster.initialize();
            var settings = new ArrayList<>(List.of(
                    cluster.binaries().resolve("postgres").toString(),
                    "-D",
                    cluster.data().toString(),
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "port=" + cluster.port(),
                    "-c",
                    "unix_socket_directories=",
                    "-c",
                    "max_connections=100",
                    "-c",
                    "shared_buffers=64MB",
                    "-c",
                    "timezone=" + cluster.sessionZone()));
            if (!cluster.durable()) {
                settings.addAll(
                        List.of("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"));
            }
            var builder = new ProcessBuilder(UnprivilegedUser.command(cluster.data(), settings));
            builder.environment().clear();
            builder.environment().put("LC_ALL", "C");
            builder.redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(cluster.log().toFile()));
            var server = new PostgresServer(builder.start(), cluster.port(), cluster.password());
            server.awaitReady(cluster.log());
            server.createDatabase();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    public String password() {
        return password;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** A connection for tests and checks; the caller closes it. */
    public Connection connect() throws SQLException {
        return connect(DATABASE);
    }

    /** A connection to another database of the same server; the caller closes it. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?connectTimeout=2&loginTimeout=5",
                USER,
                password);
    }

    /** Ends all sessions and stops ("fast" shutdown mode). Committed data is available at the next start. */
    @Override
    public void close() {
        signal("INT");
        try {
            if (!process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends a signal such as STOP, CONT or QUIT, for tests of database outages. */
    public void signal(String name) {
        CommandRunner.run(List.of("kill", "-" + name, Long.toString(process.pid())));
    }

    private void awaitReady(Path log) throws IOException {
        var limit = System.nanoTime() + START_TIMEOUT.toNanos();
        while (System.nanoTime() < limit) {
            if (!process.isAlive()) {
                throw new EmulatorException("PostgreSQL failed to start: " + lastLine(log));
            }
            try (var connection = connect("postgres")) {
                if (connection.isValid(2)) {
                    return;
                }
            } catch (SQLException notYet) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
        process.destroyForcibly();
        throw new EmulatorException("PostgreSQL not ready after " + START_TIMEOUT.toSeconds() + " s; see " + log);
    }

    private void createDatabase() {
        try (var connection = connect("postgres");
                var statement = connection.createStatement()) {
            try (var found = statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("create database " + DATABASE);
        } catch (SQLException e) {
            throw new EmulatorException("Failed to create the database: " + e.getMessage(), e);
        }
    }

    private static String lastLine(Path log) throws IOException {
        var lines = Files.readAllLines(log);
        return lines.isEmpty() ? "no message" : lines.getLast();
    }
}

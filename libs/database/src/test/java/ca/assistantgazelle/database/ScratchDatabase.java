package ca.assistantgazelle.database;

import ca.assistantgazelle.emulators.postgres.PostgresServer;
import ca.assistantgazelle.emulators.testing.TestEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A new database on the test server, one per test. */
record ScratchDatabase(DatabaseSettings settings) {
    static ScratchDatabase create() throws SQLException {
        var server = TestEnvironment.get().postgres();
        var name = "scratch_" + UUID.randomUUID().toString().replace("-", "");
        try (var connection = server.connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return new ScratchDatabase(new DatabaseSettings(
                "127.0.0.1", server.port(), name, PostgresServer.USER, server.password(), "disable"));
    }

    int migrate() throws SQLException {
        return new DatabaseMigrations(settings, settings.user()).run();
    }

    ScratchDatabase withUser(String user, String password) {
        return new ScratchDatabase(new DatabaseSettings(
                settings.host(), settings.port(), settings.database(), user, password, settings.tls()));
    }

    void runScript(String resource) throws SQLException {
        try (var in = ScratchDatabase.class.getResourceAsStream(resource)) {
            execute(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void execute(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    List<String> queryColumn(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(settings.jdbcUrl(), settings.user(), settings.password());
    }
}

package ca.assistantgazelle.simulator;

import ca.assistantgazelle.database.DatabaseMigrations;
import ca.assistantgazelle.database.DatabaseSettings;
import ca.assistantgazelle.emulators.postgres.PostgresServer;
import ca.assistantgazelle.runtime.sql.Database;
import io.vertx.core.VertxOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.sql.SQLException;

/** A separate database for a simulation, dropped on close. */
public final class SimulationDatabase implements AutoCloseable {
    private final PostgresServer server;
    private final String name;
    private final Vertx vertx;
    private final Pool pool;

    /** @param name of a database that does not exist yet */
    public SimulationDatabase(PostgresServer server, String name) throws SQLException {
        this.server = server;
        this.name = name;
        execute("create database " + name);
        new DatabaseMigrations(
                        new DatabaseSettings(
                                "127.0.0.1", server.port(), name, PostgresServer.USER, server.password(), "disable"),
                        PostgresServer.USER)
                .run();
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        var options = new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(server.port())
                .setDatabase(name)
                .setUser(PostgresServer.USER)
                .setPassword(server.password())
                .setCachePreparedStatements(true);
        // A single connection, because the simulated time is a session setting.
        this.pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(1))
                .connectingTo(options)
                .using(vertx)
                .build();
    }

    public Database database() {
        return new Database(pool);
    }

    @Override
    public void close() throws SQLException {
        pool.close().await().indefinitely();
        vertx.close().await().indefinitely();
        execute("drop database " + name);
    }

    private void execute(String statement) throws SQLException {
        try (var connection = server.connect("postgres");
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}

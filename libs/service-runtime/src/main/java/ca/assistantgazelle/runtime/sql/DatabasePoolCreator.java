package ca.assistantgazelle.runtime.sql;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Creates the connection pool with the TLS settings that libpq's variables ask for. Session settings are set by a
 * statement on each new connection, because a pooler may refuse or ignore start-up parameters.
 */
@Singleton
class DatabasePoolCreator implements PgPoolCreator {
    private static final Logger LOG = Logger.getLogger(DatabasePoolCreator.class);

    private final DatabaseConfig config;

    DatabasePoolCreator(DatabaseConfig config) {
        this.config = config;
    }

    @Override
    public Pool create(Input input) {
        var tls = config.tls();
        var options = input.pgConnectOptionsList();
        options.forEach(one -> PostgresClientOptions.apply(tls, one));
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(List.<SqlConnectOptions>copyOf(options))
                .using(input.vertx())
                .withConnectHandler(this::configureSession)
                .build();
    }

    // Closing hands the connection over to the pool.
    private void configureSession(SqlConnection connection) {
        var settings = config.session().entrySet().stream()
                .map(setting -> "set " + setting.getKey() + " = '" + setting.getValue() + "'")
                .collect(Collectors.joining("; "));
        connection.query(settings).execute().onComplete(set -> {
            if (set.failed()) {
                LOG.warnf("Failed to configure a database session: %s", DatabaseRetry.describe(set.cause()));
            }
            connection.close();
        });
    }
}

package ca.assistantgazelle.runtime.sql;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;

/** Creates the connection pool with the TLS settings that libpq's variables ask for. */
@Singleton
class DatabasePoolCreator implements PgPoolCreator {
    private final DatabaseConfig config;

    DatabasePoolCreator(DatabaseConfig config) {
        this.config = config;
    }

    @Override
    public Pool create(Input input) {
        var tls = config.tls();
        var options = input.pgConnectOptionsList();
        options.forEach(one -> TlsConnectionOptions.apply(tls, one));
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(List.<SqlConnectOptions>copyOf(options))
                .using(input.vertx())
                .build();
    }
}

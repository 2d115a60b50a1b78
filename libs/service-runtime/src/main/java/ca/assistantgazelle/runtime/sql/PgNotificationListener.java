package ca.assistantgazelle.runtime.sql;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Listens for PostgreSQL notifications on a dedicated connection. A notification only saves the wait for the next poll,
 * so losing one does no harm.
 */
@Singleton
public class PgNotificationListener {
    private static final long RECONNECT_MILLIS = Duration.ofSeconds(1).toMillis();

    private final PgSubscriber subscriber;
    private boolean connected;

    PgNotificationListener(Vertx vertx, DatabaseConfig config) {
        var options = new PgConnectOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setDatabase(config.name())
                .setUser(config.user())
                .setPassword(config.password().orElse(""));
        PostgresClientOptions.apply(config.tls(), options);
        options.addProperty("application_name", "gazelle-listen");
        this.subscriber = PgSubscriber.subscriber(vertx, options).reconnectPolicy(tries -> RECONNECT_MILLIS);
    }

    /**
     * Calls {@code woken} for the channel's notifications with that payload, including those of other processes. Other
     * payloads are ignored, so that five services do not all query the same table at every event.
     */
    public synchronized void listen(String channel, String payload, Runnable woken) {
        subscriber.channel(channel).handler(received -> {
            if (payload.equals(received)) {
                woken.run();
            }
        });
        if (!connected) {
            subscriber.connect();
            connected = true;
        }
    }

    @PreDestroy
    void close() {
        subscriber.close();
    }
}

package ca.assistantgazelle.sql;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.pgclient.pubsub.PgSubscriber;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * PostgreSQL's LISTEN on one connection of its own. A wake-up saves the wait for the next poll;
 * losing one loses nothing else.
 */
@Singleton
public class Notifications {
  private static final long RECONNECT_MILLIS = Duration.ofSeconds(1).toMillis();

  private final PgSubscriber subscriber;
  private boolean connected;

  Notifications(Vertx vertx, DatabaseConfig config) {
    var options =
        new PgConnectOptions()
            .setHost(config.host())
            .setPort(config.port())
            .setDatabase(config.name())
            .setUser(config.user())
            .setPassword(config.password().orElse(""))
            .setSslMode(SslMode.of(config.sslMode()));
    options.addProperty("application_name", "gazelle-listen");
    this.subscriber =
        PgSubscriber.subscriber(vertx, options).reconnectPolicy(tries -> RECONNECT_MILLIS);
  }

  /**
   * Calls {@code woken} for the channel's notifications with that payload, also of those caused by
   * other processes. Whoever is not meant sleeps on: five services that all look into one table at
   * every event are in each other's way.
   */
  public synchronized void listen(String channel, String payload, Runnable woken) {
    subscriber
        .channel(channel)
        .handler(
            received -> {
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

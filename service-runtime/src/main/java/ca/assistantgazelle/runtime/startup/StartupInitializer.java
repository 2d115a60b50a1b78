package ca.assistantgazelle.runtime.startup;

import ca.assistantgazelle.database.DatabaseMigrations;
import ca.assistantgazelle.database.UnusableDatabaseException;
import ca.assistantgazelle.runtime.kafka.BrokerAdmin;
import ca.assistantgazelle.runtime.sql.DatabaseConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Migrates the database and creates the topics before anything else starts. Waits for a database or
 * broker that is still starting; an unusable database ends the process.
 */
@Singleton
class StartupInitializer {
  private static final Logger LOG = Logger.getLogger(StartupInitializer.class);
  private static final Duration MAX_WAIT = Duration.ofMinutes(5);
  private static final Duration RETRY_INTERVAL = Duration.ofMillis(500);

  private final DatabaseConfig config;
  private final BrokerAdmin broker;

  StartupInitializer(DatabaseConfig config, BrokerAdmin broker) {
    this.config = config;
    this.broker = broker;
  }

  // Channels are connected by the messaging extension's own observer, which comes later.
  void initialize(@Observes @Priority(1) StartupEvent event) {
    int migrations =
        retryUntilAvailable(
            "the database " + config.owner(),
            () -> new DatabaseMigrations(config.owner(), config.user()).run());
    int topics = retryUntilAvailable("the broker", broker::createMissingTopics);
    LOG.infof("Initialized: %d migrations applied, %d topics created", migrations, topics);
  }

  private static <T> T retryUntilAvailable(String what, Callable<T> preparation) {
    var limit = System.nanoTime() + MAX_WAIT.toNanos();
    boolean told = false;
    while (true) {
      try {
        return preparation.call();
      } catch (UnusableDatabaseException e) {
        LOG.fatalf("Failed to start: the database needs a manual change. %s", e.getMessage());
        throw e;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for " + what, e);
      } catch (Exception e) {
        if (System.nanoTime() > limit || isPermanent(e)) {
          throw new IllegalStateException(what + " cannot be used: " + e.getMessage(), e);
        }
        if (!told) {
          LOG.warnf("Waiting for %s: %s", what, e.getMessage());
          told = true;
        }
        LockSupport.parkNanos(RETRY_INTERVAL.toNanos());
      }
    }
  }

  // Retrying does not help with a wrong password or a missing database.
  private static boolean isPermanent(Exception e) {
    return e instanceof SQLException refused
        && refused.getSQLState() != null
        && (refused.getSQLState().startsWith("28") || refused.getSQLState().startsWith("3D"));
  }
}

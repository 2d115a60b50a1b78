package ca.assistantgazelle.startup;

import ca.assistantgazelle.broker.BrokerAdmin;
import ca.assistantgazelle.database.Migrations;
import ca.assistantgazelle.database.UnusableDatabaseException;
import ca.assistantgazelle.sql.DatabaseConfig;
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
 * Before anything else runs: the database has its tables and the broker its topics. Peers that are
 * still starting are waited for; a database that cannot serve ends the process.
 */
@Singleton
class Preparation {
  private static final Logger LOG = Logger.getLogger(Preparation.class);
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final DatabaseConfig config;
  private final BrokerAdmin broker;

  Preparation(DatabaseConfig config, BrokerAdmin broker) {
    this.config = config;
    this.broker = broker;
  }

  // Channels are connected by the messaging extension's own observer, which comes later.
  void prepare(@Observes @Priority(1) StartupEvent event) {
    int migrations =
        patiently(
            "the database " + config.owner(),
            () -> new Migrations(config.owner(), config.user()).run());
    int topics = patiently("the broker", broker::createMissingTopics);
    LOG.infof("Ready to work: %d migrations applied, %d topics created", migrations, topics);
  }

  private static <T> T patiently(String what, Callable<T> preparation) {
    var limit = System.nanoTime() + LIMIT.toNanos();
    boolean told = false;
    while (true) {
      try {
        return preparation.call();
      } catch (UnusableDatabaseException e) {
        LOG.fatalf("This database cannot be used as it is. %s", e.getMessage());
        throw e;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for " + what, e);
      } catch (Exception e) {
        if (System.nanoTime() > limit || isRefusal(e)) {
          throw new IllegalStateException(what + " cannot be used: " + e.getMessage(), e);
        }
        if (!told) {
          LOG.warnf("Waiting for %s: %s", what, e.getMessage());
          told = true;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  // A wrong password or a missing database does not mend itself.
  private static boolean isRefusal(Exception e) {
    return e instanceof SQLException refused
        && refused.getSQLState() != null
        && (refused.getSQLState().startsWith("28") || refused.getSQLState().startsWith("3D"));
  }
}

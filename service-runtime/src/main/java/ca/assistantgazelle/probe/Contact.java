package ca.assistantgazelle.probe;

import ca.assistantgazelle.broker.BrokerAdmin;
import ca.assistantgazelle.loop.Loop;
import ca.assistantgazelle.sql.Database;
import ca.assistantgazelle.sql.Patience;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;

/** Asks the database and the broker every two seconds whether they are there. */
@Singleton
class Contact {
  private static final Logger LOG = Logger.getLogger(Contact.class);
  private static final Duration PERIOD = Duration.ofSeconds(2);
  private static final Duration TOLERATED = Duration.ofSeconds(30);

  private final Database database;
  private final BrokerAdmin broker;
  private final Clock clock;
  private final ContinuousLoss databaseLoss = new ContinuousLoss(TOLERATED);
  private final ContinuousLoss brokerLoss = new ContinuousLoss(TOLERATED);
  private Loop databaseWatch;
  private Loop brokerWatch;
  private volatile boolean started;

  Contact(Database database, BrokerAdmin broker, Clock clock) {
    this.database = database;
    this.broker = broker;
    this.clock = clock;
  }

  void start(@Observes @Priority(5000) StartupEvent event) {
    databaseWatch =
        Loop.start(
            "database watch", PERIOD, () -> ask(databaseLoss, "The database", this::askDatabase));
    brokerWatch =
        Loop.start("broker watch", PERIOD, () -> ask(brokerLoss, "The broker", this::askBroker));
    started = true;
  }

  void stop(@Observes @Priority(1) ShutdownEvent event) {
    started = false;
    databaseWatch.close();
    brokerWatch.close();
  }

  boolean isStarted() {
    return started;
  }

  boolean isDatabaseThere() {
    return !databaseLoss.isOutage(clock.instant());
  }

  boolean isBrokerThere() {
    return !brokerLoss.isOutage(clock.instant());
  }

  private boolean ask(ContinuousLoss loss, String peer, Callable<Boolean> question) {
    var asked = clock.instant();
    try {
      question.call();
      loss.answered();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.debugf("%s does not answer: %s", peer, Patience.reason(e));
      loss.missed(asked);
    }
    return false;
  }

  private boolean askDatabase() {
    database.ping();
    return true;
  }

  private boolean askBroker() throws Exception {
    broker.ping();
    return true;
  }
}

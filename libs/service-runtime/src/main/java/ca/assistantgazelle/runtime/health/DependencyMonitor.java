package ca.assistantgazelle.runtime.health;

import ca.assistantgazelle.runtime.kafka.BrokerAdmin;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import ca.assistantgazelle.runtime.task.PeriodicTask;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;

/** Checks every two seconds whether the database and the broker are reachable. */
@Singleton
class DependencyMonitor {
    private static final Logger LOG = Logger.getLogger(DependencyMonitor.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final Duration TOLERATED_OUTAGE = Duration.ofSeconds(30);

    private final Database database;
    private final BrokerAdmin broker;
    private final Clock clock;
    private final OutageTimer databaseOutage = new OutageTimer(TOLERATED_OUTAGE);
    private final OutageTimer brokerOutage = new OutageTimer(TOLERATED_OUTAGE);
    private PeriodicTask databaseCheck;
    private PeriodicTask brokerCheck;
    private volatile boolean started;

    DependencyMonitor(Database database, BrokerAdmin broker, Clock clock) {
        this.database = database;
        this.broker = broker;
        this.clock = clock;
    }

    void start(@Observes @Priority(5000) StartupEvent event) {
        databaseCheck = PeriodicTask.start(
                "database check", PERIOD, () -> check(databaseOutage, "The database", this::pingDatabase));
        brokerCheck =
                PeriodicTask.start("broker check", PERIOD, () -> check(brokerOutage, "The broker", this::pingBroker));
        started = true;
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) {
        started = false;
        databaseCheck.close();
        brokerCheck.close();
    }

    boolean isStarted() {
        return started;
    }

    boolean isDatabaseAvailable() {
        return !databaseOutage.isOutage(clock.instant());
    }

    boolean isBrokerAvailable() {
        return !brokerOutage.isOutage(clock.instant());
    }

    private boolean check(OutageTimer loss, String peer, Callable<Boolean> question) {
        var asked = clock.instant();
        try {
            question.call();
            loss.recordSuccess();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.debugf("%s is unreachable: %s", peer, DatabaseRetry.describe(e));
            loss.recordFailure(asked);
        }
        return false;
    }

    private boolean pingDatabase() {
        database.ping();
        return true;
    }

    private boolean pingBroker() throws Exception {
        broker.ping();
        return true;
    }
}

package ca.assistantgazelle.runtime.startup;

import ca.assistantgazelle.contract.config.RenamedSettings;
import ca.assistantgazelle.database.DatabaseMigrations;
import ca.assistantgazelle.database.UnusableDatabaseException;
import ca.assistantgazelle.runtime.kafka.BrokerAdmin;
import ca.assistantgazelle.runtime.kafka.TopicConfiguration;
import ca.assistantgazelle.runtime.retry.PeerRetry;
import ca.assistantgazelle.runtime.sql.DatabaseConfig;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * Migrates the database and creates the topics before anything else starts. Waits for a database or broker that is
 * still starting; an unusable database ends the process.
 */
@Singleton
class StartupInitializer {
    private static final Logger LOG = Logger.getLogger(StartupInitializer.class);
    private static final Duration RETRY_INTERVAL = Duration.ofMillis(500);

    /** Five minutes. */
    private static final int MAX_ATTEMPTS = 600;

    private final DatabaseConfig config;
    private final BrokerAdmin broker;
    private final TopicConfiguration topics;
    private final Config settings;

    StartupInitializer(DatabaseConfig config, BrokerAdmin broker, TopicConfiguration topics, Config settings) {
        this.config = config;
        this.broker = broker;
        this.topics = topics;
        this.settings = settings;
    }

    // Channels are connected by the messaging extension's own observer, which comes later.
    void initialize(@Observes @Priority(1) StartupEvent event) {
        RenamedSettings.requireNone(
                setting -> settings.getOptionalValue(setting, String.class).isPresent());
        requireValid();
        int migrations = retryUntilAvailable(
                "the database " + config.owner(), () -> new DatabaseMigrations(config.owner(), config.user()).run());
        int created = retryUntilAvailable("the broker", broker::createMissingTopics);
        inspectTopics();
        LOG.infof("Initialized: %d migrations applied, %d topics created", migrations, created);
    }

    private void requireValid() {
        try {
            config.tls();
            topics.requireValid();
        } catch (IllegalArgumentException e) {
            LOG.fatalf("Failed to start: %s", e.getMessage());
            throw e;
        }
    }

    // Only a warning: a user without the right to describe topics may still use them.
    private void inspectTopics() {
        try {
            broker.inspectTopics().forEach(LOG::warn);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warnf("Failed to compare the topics with what this version needs: %s", DatabaseRetry.describe(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T retryUntilAvailable(String what, Callable<T> preparation) {
        var retry = new PeerRetry(
                "Connecting to " + what,
                MAX_ATTEMPTS,
                RETRY_INTERVAL,
                RETRY_INTERVAL,
                failure -> !isPermanent(failure),
                failure -> Duration.ZERO);
        try {
            return retry.call(() -> prepare(what, preparation));
        } catch (UnusableDatabaseException e) {
            LOG.fatalf("Failed to start: the database needs a manual change. %s", e.getMessage());
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + what, e);
        }
    }

    private static <T> T prepare(String what, Callable<T> preparation) throws InterruptedException {
        try {
            return preparation.call();
        } catch (UnusableDatabaseException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(what + " cannot be used: " + e.getMessage(), e);
        }
    }

    // Retrying does not help with a wrong password or a missing database.
    private static boolean isPermanent(Throwable failure) {
        if (failure instanceof UnusableDatabaseException) {
            return true;
        }
        return failure.getCause() instanceof SQLException refused
                && refused.getSQLState() != null
                && (refused.getSQLState().startsWith("28")
                        || refused.getSQLState().startsWith("3D"));
    }
}

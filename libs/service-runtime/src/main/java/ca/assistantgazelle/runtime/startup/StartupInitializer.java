package ca.assistantgazelle.runtime.startup;

import ca.assistantgazelle.contract.config.RenamedSettings;
import ca.assistantgazelle.database.DatabaseMigrations;
import ca.assistantgazelle.runtime.kafka.BrokerAdmin;
import ca.assistantgazelle.runtime.kafka.TopicConfiguration;
import ca.assistantgazelle.runtime.sql.DatabaseConfig;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Migrates the database and creates the topics before anything else starts. Waits for a database or broker that is
 * still starting; an unusable database ends the process.
 */
@Singleton
class StartupInitializer {
    private static final Logger LOG = Logger.getLogger(StartupInitializer.class);

    private final DatabaseConfig config;
    private final BrokerAdmin broker;
    private final TopicConfiguration topics;
    private final Config settings;
    private final String httpHost;
    private final int httpPort;

    StartupInitializer(
            DatabaseConfig config,
            BrokerAdmin broker,
            TopicConfiguration topics,
            Config settings,
            @ConfigProperty(name = "quarkus.http.host") String httpHost,
            @ConfigProperty(name = "quarkus.http.port") int httpPort) {
        this.config = config;
        this.broker = broker;
        this.topics = topics;
        this.settings = settings;
        this.httpHost = httpHost;
        this.httpPort = httpPort;
    }

    // Channels are connected by the messaging extension's own observer, which comes later.
    void initialize(@Observes @Priority(1) StartupEvent event) {
        RenamedSettings.requireNone(
                setting -> settings.getOptionalValue(setting, String.class).isPresent());
        requireValid();
        try (var wait = new DependencyWait(httpHost, httpPort)) {
            int migrations = wait.untilAvailable(
                    "the database " + config.owner(),
                    () -> new DatabaseMigrations(config.owner(), config.user()).run());
            int created = wait.untilAvailable("the broker", broker::createMissingTopics);
            inspectTopics();
            LOG.infof("Initialized: %d migrations applied, %d topics created", migrations, created);
        }
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
}

package ca.assistantgazelle.backup.job;

import ca.assistantgazelle.backup.config.BackupSettings;
import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.inventory.BackupInventory;
import ca.assistantgazelle.backup.manifest.ManifestSignature;
import ca.assistantgazelle.backup.postgresql.DatabaseAddress;
import ca.assistantgazelle.runtime.sql.DatabaseConfig;
import ca.assistantgazelle.worker.execution.JobContext;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.Config;

/** Creates backup runs from the service's configuration and database. */
@Singleton
class BackupRunFactory {
    private final BackupSettings setup;
    private final DatabaseAddress source;
    private final BackupMetrics signals;
    private final Clock clock;

    BackupRunFactory(Config config, DatabaseConfig connection, BackupMetrics metrics, Clock clock) {
        this.setup = new BackupSettings(name -> config.getOptionalValue(name, String.class));
        var owner = connection.owner();
        this.source = new DatabaseAddress(
                owner.host(), owner.port(), owner.database(), owner.user(), owner.password(), owner.tls());
        this.signals = metrics;
        this.clock = clock;
    }

    BackupRun createRun(JobContext context, BackupRunDetails outcome) throws BackupException {
        var secret = setup.manifestSecret();
        var signature = new ManifestSignature(
                secret.isPresent() ? secret.get() : context.write(BackupInventory::loadOrCreateSecret));
        return new BackupRun(context, setup, source, signature, outcome, signals, clock);
    }

    void countFailure(BackupErrorClass cause) {
        signals.countFailure(cause);
    }
}

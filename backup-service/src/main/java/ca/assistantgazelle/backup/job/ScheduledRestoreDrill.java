package ca.assistantgazelle.backup.job;

import ca.assistantgazelle.backup.config.BackupSettings;
import ca.assistantgazelle.backup.destination.BackupDestination;
import ca.assistantgazelle.backup.dump.BackupPipeline;
import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.inventory.BackupInventory;
import ca.assistantgazelle.backup.manifest.BackupRepository;
import ca.assistantgazelle.backup.manifest.ManifestSignature;
import ca.assistantgazelle.backup.manifest.StoredBackup;
import ca.assistantgazelle.backup.postgresql.DatabaseAddress;
import ca.assistantgazelle.backup.restore.DatabaseRestore;
import ca.assistantgazelle.backup.restore.RestoreDrill;
import ca.assistantgazelle.worker.execution.JobContext;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/** Runs a restore drill of the new backup once a week, or on request. */
final class ScheduledRestoreDrill {
    /** Half a day less than a week, so that a late backup does not postpone the drill by a day. */
    private static final Duration INTERVAL = Duration.ofHours(6 * 24 + 12);

    private final JobContext context;
    private final BackupSettings setup;
    private final ManifestSignature signature;
    private final BackupRunDetails outcome;
    private final BackupMetrics signals;
    private final Clock clock;

    ScheduledRestoreDrill(
            JobContext context,
            BackupSettings setup,
            ManifestSignature signature,
            BackupRunDetails outcome,
            BackupMetrics signals,
            Clock clock) {
        this.context = context;
        this.setup = setup;
        this.signature = signature;
        this.outcome = outcome;
        this.signals = signals;
        this.clock = clock;
    }

    /** @throws BackupException if the restored database differs, or if a requested drill is impossible */
    void runWhenDue(BackupPipeline.BackupResult done) throws IOException, InterruptedException {
        boolean asked = Boolean.TRUE.equals(context.trigger().parameters().get("drill"));
        var server = setup.drillServer();
        if (server.isEmpty() || setup.identities().isEmpty()) {
            if (asked) {
                throw new BackupException(
                        BackupErrorClass.DRILL_INCONCLUSIVE,
                        "A restore drill was requested, but BACKUP_DRILL_URL or BACKUP_IDENTITY_FILE is not set. The backup itself is verified.",
                        "Set both, or run ./gazelle backup drill where the private key is.");
            }
            outcome.putDetail("drill", "skipped: BACKUP_DRILL_URL or BACKUP_IDENTITY_FILE is not set");
            return;
        }
        var last = BackupInventory.lastDrill(context.read());
        if (asked || last.isEmpty() || last.get().isBefore(clock.instant().minus(INTERVAL))) {
            runDrill(done, server.get());
        }
    }

    private void runDrill(BackupPipeline.BackupResult done, DatabaseAddress server)
            throws IOException, InterruptedException {
        var destination = done.published().getFirst();
        context.log().info("starting a restore drill from %s", destination.name());
        var repository = new BackupRepository(destination, signature);
        var backup = find(repository, done.manifest().id());
        var restore = new DatabaseRestore(
                destination, setup.identities(), clock, line -> context.log().info("%s", line));
        var result =
                new RestoreDrill(restore, server, clock, line -> context.log().warn("%s", line)).run(backup);
        repository.recordVerification(backup.folder(), "L3", clock.instant(), result.seconds(), result.differences());
        updateInventory(destination, find(repository, backup.id()));
        outcome.putDetail("drill", result.differences().isEmpty() ? "equal" : "DIFFERENT");
        outcome.putDetail("drill_seconds", result.duration().toMillis() / 1_000.0);
        if (!result.differences().isEmpty()) {
            throw new BackupException(
                    BackupErrorClass.DRILL_DIFFERENT,
                    "Restore drill: "
                            + backup.id()
                            + " differs from its manifest: "
                            + String.join("; ", result.differences()),
                    "Inspect the scratch database, which is kept for a day. Earlier backups are not affected.");
        }
        signals.recordDrill(result.seconds());
        signals.recordVerification("L3", clock.instant());
    }

    private void updateInventory(BackupDestination destination, StoredBackup backup) {
        context.write(transaction -> {
            BackupInventory.upsert(transaction, destination.name(), backup, clock.instant());
            return null;
        });
    }

    private static StoredBackup find(BackupRepository repository, String id) throws IOException {
        return repository.list().stream()
                .filter(backup -> backup.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new BackupException(
                        BackupErrorClass.RESTORE_MISSING,
                        id + " is no longer at " + repository.destination().name() + ".",
                        "Find out what else writes to this destination."));
    }
}

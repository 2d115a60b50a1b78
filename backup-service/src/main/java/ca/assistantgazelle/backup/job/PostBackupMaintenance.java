package ca.assistantgazelle.backup.job;

import ca.assistantgazelle.backup.config.BackupSettings;
import ca.assistantgazelle.backup.destination.BackupDestination;
import ca.assistantgazelle.backup.dump.BackupPipeline;
import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.inventory.BackupInventory;
import ca.assistantgazelle.backup.inventory.BackupInventoryCheck;
import ca.assistantgazelle.backup.inventory.DestinationListing;
import ca.assistantgazelle.backup.manifest.BackupManifest;
import ca.assistantgazelle.backup.manifest.BackupRepository;
import ca.assistantgazelle.backup.manifest.ManifestSignature;
import ca.assistantgazelle.backup.manifest.StoredBackup;
import ca.assistantgazelle.backup.retention.RetentionExecutor;
import ca.assistantgazelle.worker.execution.JobContext;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks the inventory of every destination and applies retention after a backup. */
final class PostBackupMaintenance {
    private final JobContext context;
    private final BackupSettings setup;
    private final ManifestSignature signature;
    private final BackupRunDetails outcome;
    private final BackupMetrics signals;
    private final Clock clock;
    private final String database;
    private int removed;
    private int pending;
    private int orphans;
    private final Map<String, BackupInventoryCheck> checks = new LinkedHashMap<>();

    /** @param database the database whose backups are maintained */
    PostBackupMaintenance(
            JobContext context,
            BackupSettings setup,
            ManifestSignature signature,
            String database,
            BackupRunDetails outcome,
            BackupMetrics signals,
            Clock clock) {
        this.database = database;
        this.context = context;
        this.setup = setup;
        this.signature = signature;
        this.outcome = outcome;
        this.signals = signals;
        this.clock = clock;
    }

    /** Compares every destination with the inventory in the database; problems become warnings. */
    void checkInventory(List<BackupDestination> destinations) {
        var problems = new ArrayList<String>();
        for (var destination : destinations) {
            try {
                problems.addAll(checkInventory(destination));
            } catch (IOException e) {
                problems.add(destination.name() + " could not be listed: " + e.getMessage());
            }
        }
        problems.forEach(this::warn);
        if (!problems.isEmpty()) {
            outcome.putDetail("damaged", problems.size());
        }
    }

    /** Anomalies of the new backup, compared with the newest verified one before it. */
    List<String> findAnomalies(BackupManifest tonight) {
        var before = checks.values().stream()
                .flatMap(scan -> scan.backups().stream())
                .filter(one -> one.isVerified()
                        && one.takenAt().isBefore(tonight.snapshot().takenAt()))
                .max(Comparator.comparing(StoredBackup::takenAt))
                .map(StoredBackup::manifest)
                .orElse(null);
        return BackupAnomalyCheck.findAnomalies(before, tonight);
    }

    private List<String> checkInventory(BackupDestination destination) throws IOException {
        var repository = repository(destination);
        var found = new DestinationListing(
                destination.name(), repository.list(), repository.orphans(), repository.removals());
        var scan = context.write(transaction -> BackupInventoryCheck.run(found, transaction, clock.instant()));
        repository.clearRemovals(found.removals());
        checks.put(destination.name(), scan);
        signals.setOrphans(destination.name(), found.orphans().size());
        return scan.problems();
    }

    private BackupRepository repository(BackupDestination destination) {
        return new BackupRepository(destination, signature).forDatabase(database);
    }

    /**
     * Requires the new backup to be listed wherever it was published.
     *
     * @throws BackupException naming the destination that does not list it
     */
    void requireListed(BackupPipeline.BackupResult done) throws BackupException {
        for (var destination : done.published()) {
            var scan = checks.get(destination.name());
            boolean listed = scan != null
                    && scan.backups().stream()
                            .anyMatch(one -> one.id().equals(done.manifest().id()) && one.isVerified());
            if (!listed) {
                throw new BackupException(
                        BackupErrorClass.PUBLISH,
                        destination.name()
                                + " does not list "
                                + done.manifest().id()
                                + ", although it was published and verified there.",
                        "Do not rely on this destination until it has been checked.");
            }
        }
    }

    /** Applies retention only where the new backup was published. */
    void applyRetention(List<BackupDestination> published) throws BackupException {
        var policy = setup.retentionPolicy();
        for (var destination : published) {
            try {
                applyRetention(new RetentionExecutor(repository(destination), policy, clock.instant()), destination);
            } catch (IOException e) {
                warn(destination.name() + ": retention was not applied: " + e.getMessage());
            }
        }
        outcome.recordRetention(removed, pending, orphans);
    }

    private void applyRetention(RetentionExecutor pruning, BackupDestination destination) throws IOException {
        var scan = checks.get(destination.name());
        var plan = pruning.plan(scan.backups());
        if (plan.fuse() != null) {
            warn(destination.name()
                    + ": retention was not applied, "
                    + plan.fuse()
                    + "; review the plan with ./gazelle backup retention and apply it with --plan "
                    + pruning.hash(plan));
            return;
        }
        var done = pruning.apply(plan, scan.backups());
        recordRetention(destination, done);
        removed += done.removed().size();
        pending += done.pending().size();
        signals.setPendingDeletions(
                destination.name(), done.pending().size(), scan.problems().size());
        orphans += pruning.removeOrphans();
    }

    private void warn(String warning) {
        context.log().warn("%s", warning);
        outcome.addWarning(warning);
    }

    private void recordRetention(BackupDestination destination, RetentionExecutor.RetentionResult done) {
        context.write(transaction -> {
            for (var id : done.removed()) {
                BackupInventory.setState(transaction, id, destination.name(), "DELETED", "retention", clock.instant());
            }
            done.pending()
                    .forEach((id, words) -> BackupInventory.setState(
                            transaction, id, destination.name(), "DELETE_PENDING", words, clock.instant()));
            return null;
        });
        done.pending().forEach((id, words) -> {
            warn(destination.name() + ": " + id + " could not be removed: " + words);
        });
    }
}

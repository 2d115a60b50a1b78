package ca.assistantgazelle.backup.job;

import ca.assistantgazelle.backup.config.BackupSettings;
import ca.assistantgazelle.backup.destination.BackupDestination;
import ca.assistantgazelle.backup.destination.OffsiteDestinationCheck;
import ca.assistantgazelle.backup.dump.BackupListener;
import ca.assistantgazelle.backup.dump.BackupPipeline;
import ca.assistantgazelle.backup.dump.BackupSpec;
import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.inventory.BackupInventory;
import ca.assistantgazelle.backup.manifest.BackupManifest;
import ca.assistantgazelle.backup.manifest.ManifestSignature;
import ca.assistantgazelle.backup.postgresql.DatabaseAddress;
import ca.assistantgazelle.contract.event.RunCause;
import ca.assistantgazelle.worker.execution.JobContext;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One run of the backup job, from the dump to the restore drill. */
final class BackupRun implements BackupListener {
    private final JobContext context;
    private final BackupSettings setup;
    private final DatabaseAddress source;
    private final ManifestSignature signature;
    private final BackupRunDetails outcome;
    private final BackupMetrics signals;
    private final Clock clock;
    private long lastPlainBytes;

    BackupRun(
            JobContext context,
            BackupSettings setup,
            DatabaseAddress source,
            ManifestSignature signature,
            BackupRunDetails outcome,
            BackupMetrics signals,
            Clock clock) {
        this.context = context;
        this.setup = setup;
        this.source = source;
        this.signature = signature;
        this.outcome = outcome;
        this.signals = signals;
        this.clock = clock;
    }

    /**
     * Runs every step.
     *
     * @throws BackupException if any step failed; the completed steps are recorded in the run details
     */
    void run() throws IOException, InterruptedException {
        var destinations = setup.destinations();
        try {
            lastPlainBytes = BackupInventory.lastPlainBytes(context.read());
            warnIfNotOffsite(destinations);
            var upkeep =
                    new PostBackupMaintenance(context, setup, signature, source.database(), outcome, signals, clock);
            var done = runBackup(destinations, upkeep);
            recordResult(done);
            upkeep.checkInventory(destinations);
            upkeep.requireListed(done);
            upkeep.findAnomalies(done.manifest()).forEach(this::warn);
            upkeep.applyRetention(done.published());
            var drill = new ScheduledRestoreDrill(context, setup, signature, outcome, signals, clock);
            if (done.failures().isEmpty()) {
                drill.runWhenDue(done);
            } else {
                throw partialFailure(done, drill);
            }
        } finally {
            destinations.forEach(BackupDestination::close);
        }
    }

    // The inventory is checked even if this backup fails: older backups may be damaged.
    private BackupPipeline.BackupResult runBackup(List<BackupDestination> destinations, PostBackupMaintenance upkeep)
            throws IOException, InterruptedException {
        try {
            return new BackupPipeline(createSpec(destinations), signature, this, clock).run();
        } catch (BackupException e) {
            try {
                upkeep.checkInventory(destinations);
            } catch (RuntimeException later) {
                e.addSuppressed(later);
            }
            throw e;
        }
    }

    private BackupSpec createSpec(List<BackupDestination> destinations) throws BackupException {
        return new BackupSpec(
                source,
                serviceVersion(),
                context.trigger().runId().toString(),
                reason(),
                setup.excludedSchemas(),
                setup.recipients(),
                setup.identities(),
                destinations,
                BackupInventory.lastStoredBytes(context.read()),
                setup.stallTimeout(),
                setup.dumpTimeout());
    }

    private String reason() {
        var cause = context.trigger().cause();
        return cause == RunCause.SCHEDULED ? "scheduled" : cause.name().toLowerCase(Locale.ROOT);
    }

    private static String serviceVersion() {
        var version = BackupRun.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    // A copy on the same host or project does not survive its loss.
    private void warnIfNotOffsite(List<BackupDestination> destinations) {
        boolean elsewhere = destinations.stream()
                .anyMatch(one -> OffsiteDestinationCheck.isOffsite(one.host(), source.host(), source.user()));
        outcome.putDetail("degraded", !elsewhere);
        if (!elsewhere) {
            warn(
                    "DEGRADED: every destination is on the database's own host or project; add an off-site one to BACKUP_DESTINATIONS");
        }
    }

    private void warn(String warning) {
        context.log().warn("%s", warning);
        outcome.addWarning(warning);
    }

    private void recordResult(BackupPipeline.BackupResult done) {
        var manifest = done.manifest();
        outcome.recordResult(done);
        signals.recordPublished(manifest);
        signals.recordVerification(
                manifest.verification().level(), manifest.verification().at());
        done.published().forEach(one -> signals.recordSuccess(one.name()));
        done.failures().values().forEach(failure -> signals.countFailure(failure.errorClass()));
        context.log()
                .info(
                        "backed up %s: %d tables, %d rows, %d bytes, stored as %d",
                        manifest.id(),
                        manifest.tables().size(),
                        manifest.totalRows(),
                        manifest.archive().plainBytes(),
                        manifest.archive().storedBytes());
    }

    // The copies that succeeded get their restore drill too; the missing copy is the error reported.
    private BackupException partialFailure(BackupPipeline.BackupResult done, ScheduledRestoreDrill drill)
            throws IOException, InterruptedException {
        var partial = partialFailure(done);
        try {
            drill.runWhenDue(done);
        } catch (BackupException e) {
            warn("The restore drill failed as well: " + e.errorClass().label() + ": " + e.getMessage());
            partial.addSuppressed(e);
        }
        return partial;
    }

    private static BackupException partialFailure(BackupPipeline.BackupResult done) {
        var failures = done.failures().entrySet().stream()
                .map(failure -> "%s: %s: %s"
                        .formatted(
                                failure.getKey().name(),
                                failure.getValue().errorClass().label(),
                                failure.getValue().getMessage()))
                .collect(Collectors.joining(" "));
        var first = done.failures().values().iterator().next();
        return new BackupException(
                BackupErrorClass.PARTIAL,
                "PARTIAL: %s is verified at %s, but not everywhere. %s"
                        .formatted(
                                done.manifest().id(),
                                done.published().stream()
                                        .map(BackupDestination::name)
                                        .toList(),
                                failures),
                first.suggestion(),
                first);
    }

    @Override
    public void onMessage(String line) {
        context.log().info("%s", line);
    }

    @Override
    public void onProgress(String phase, long bytes, Map<String, Long> taken) {
        var details = new LinkedHashMap<String, Object>();
        details.put("phase", phase);
        details.put("bytes", bytes);
        if (lastPlainBytes > 0) {
            details.put("bytes_last_time", lastPlainBytes);
            details.put("percent", Math.min(99, 100 * bytes / lastPlainBytes));
        }
        if (!taken.isEmpty()) {
            details.put("taken", taken);
        }
        context.reportProgress(Map.of("backup", Map.of("bytes", bytes)), details);
    }

    /** Writes under the fence, so that a process that lost its lease stops here. */
    @Override
    public void beforePublishing(BackupDestination destination, BackupManifest manifest) {
        context.write(transaction -> {
            BackupInventory.insertPending(
                    transaction,
                    manifest.id(),
                    destination.name(),
                    manifest.snapshot().takenAt(),
                    context.trigger().runId(),
                    clock.instant());
            return null;
        });
    }
}

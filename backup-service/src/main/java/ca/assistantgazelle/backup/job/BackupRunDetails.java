package ca.assistantgazelle.backup.job;

import ca.assistantgazelle.backup.destination.BackupDestination;
import ca.assistantgazelle.backup.dump.BackupPipeline;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.worker.execution.JobResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Result details of a backup run, complete or partial. */
final class BackupRunDetails {
    private final Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
    private final Map<String, Object> details = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, Object> destinations = new LinkedHashMap<>();

    BackupRunDetails() {
        details.put("state", "FAILED");
    }

    void recordResult(BackupPipeline.BackupResult backup) {
        var manifest = backup.manifest();
        details.put("state", backup.failures().isEmpty() ? "VERIFIED" : "PARTIAL");
        details.put("backup_id", manifest.id());
        details.put("plain_bytes", manifest.archive().plainBytes());
        details.put("stored_bytes", manifest.archive().storedBytes());
        details.put("snapshot_at", manifest.snapshot().takenAt().toString());
        details.put("verified_level", manifest.verification().level());
        details.put("timing_ms", manifest.timingMs());
        details.put("rpo_hours", 24);
        if (!manifest.scope().excluded().isEmpty()) {
            details.put("excluded_schemas", manifest.scope().excluded());
        }
        counts.put(
                "backup",
                Map.of(
                        "tables",
                        (long) manifest.tables().size(),
                        "rows",
                        manifest.totalRows(),
                        "destinations",
                        (long) backup.published().size(),
                        "failed_destinations",
                        (long) backup.failures().size()));
        backup.published().forEach(one -> destinations.put(one.name(), Map.of("state", "VERIFIED")));
        recordFailures(backup.failures());
    }

    void recordFailures(Map<BackupDestination, BackupException> failures) {
        failures.forEach((destination, failure) -> destinations.put(
                destination.name(),
                Map.of("state", "FAILED", "cause", failure.errorClass().label(), "message", failure.getMessage())));
        details.put("destinations", destinations);
    }

    void putDetail(String name, Object value) {
        details.put(name, value);
    }

    void addWarning(String warning) {
        warnings.add(warning);
    }

    void recordRetention(int backups, int pending, int orphans) {
        counts.put(
                "retention", Map.of("removed", (long) backups, "pending", (long) pending, "orphans", (long) orphans));
    }

    JobResult toJobResult() {
        if (!warnings.isEmpty()) {
            details.put("warnings", List.copyOf(warnings));
        }
        return new JobResult(Map.copyOf(counts), new LinkedHashMap<>(details));
    }
}

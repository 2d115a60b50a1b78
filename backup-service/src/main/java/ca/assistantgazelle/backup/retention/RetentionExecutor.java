package ca.assistantgazelle.backup.retention;

import ca.assistantgazelle.backup.archive.HashingOutputStream;
import ca.assistantgazelle.backup.destination.BackupDestination;
import ca.assistantgazelle.backup.manifest.BackupRepository;
import ca.assistantgazelle.backup.manifest.StoredBackup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Applies a retention plan at one destination and removes orphaned uploads. */
public final class RetentionExecutor {
    /** Younger ones may belong to a running backup. */
    private static final Duration ORPHAN_AGE = Duration.ofDays(2);

    private final BackupRepository repository;
    private final RetentionPolicy policy;
    private final Instant now;

    public RetentionExecutor(BackupRepository repository, RetentionPolicy policy, Instant now) {
        this.repository = repository;
        this.policy = policy;
        this.now = now;
    }

    public RetentionPlan plan(List<StoredBackup> backups) {
        return RetentionPlan.of(
                backups.stream().map(RetentionExecutor::toCandidate).toList(), policy, now);
    }

    private static RetentionCandidate toCandidate(StoredBackup backup) {
        return new RetentionCandidate(
                backup.id(),
                backup.takenAt(),
                backup.isGood(),
                backup.isVerified(),
                backup.pinned(),
                backup.leasedUntil());
    }

    /**
     * Result of applying a plan.
     *
     * @param removed ids of the removed backups
     * @param pending error messages by id of the backups that could not be deleted; retried every night
     */
    public record RetentionResult(List<String> removed, Map<String, String> pending) {}

    public RetentionResult apply(RetentionPlan plan, List<StoredBackup> backups) {
        var removed = new ArrayList<String>();
        var pending = new LinkedHashMap<String, String>();
        for (var backup : backups) {
            if (plan.remove().contains(backup.id())) {
                try {
                    repository.remove(backup);
                    removed.add(backup.id());
                } catch (IOException e) {
                    pending.put(backup.id(), e.getMessage());
                }
            }
        }
        return new RetentionResult(removed, pending);
    }

    /** Removes old orphaned folders and unfinished uploads; returns how many. */
    public int removeOrphans() throws IOException {
        int cleared = repository.destination().abortUnfinishedUploads(now.minus(ORPHAN_AGE));
        for (var orphan : repository.orphans()) {
            if (!orphan.quarantined() && orphan.lastModified().isBefore(now.minus(ORPHAN_AGE))) {
                for (var key : orphan.keys()) {
                    repository.destination().delete(key);
                }
                cleared++;
            }
        }
        return cleared;
    }

    /** Hash of a plan at this destination; an equal plan for another destination has another hash. */
    public String hash(RetentionPlan plan) {
        return HashingOutputStream.sha256(
                        (repository.destination().name() + plan.hash()).getBytes(StandardCharsets.UTF_8))
                .substring(0, plan.hash().length());
    }

    /** For messages. */
    public BackupDestination destination() {
        return repository.destination();
    }
}

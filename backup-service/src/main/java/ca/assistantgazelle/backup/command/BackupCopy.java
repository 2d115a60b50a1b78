package ca.assistantgazelle.backup.command;

import ca.assistantgazelle.backup.manifest.BackupRepository;
import ca.assistantgazelle.backup.manifest.StoredBackup;
import java.util.Comparator;

/** A backup at one destination. */
record BackupCopy(BackupRepository repository, StoredBackup backup) {
    static final Comparator<BackupCopy> NEWEST_FIRST = Comparator.comparing(
                    (BackupCopy copy) -> copy.backup().takenAt())
            .thenComparing(copy -> copy.backup().id())
            .reversed();
}

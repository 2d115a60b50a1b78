package ca.assistantgazelle.backup.manifest;

import java.io.IOException;
import java.time.Instant;

/** Creates backups with other dates from an existing one. */
public final class OldBackupFixture {
    private OldBackupFixture() {}

    /** Copies an archive under another id, with a valid signature. */
    public static void copy(BackupRepository repository, StoredBackup backup, Instant takenAt) throws IOException {
        var id = BackupId.of(takenAt);
        var old = backup.manifest();
        var folder = BackupId.folder(old.source().database(), id);
        var archive = old.archive();
        try (var in = repository.destination().read(archive.key())) {
            repository.destination().put(folder + BackupRepository.ARCHIVE, in.readAllBytes());
        }
        repository.publish(new BackupManifest(
                old.format(),
                id,
                old.run(),
                old.reason(),
                old.source(),
                old.tool(),
                new BackupManifest.SnapshotInfo(takenAt, null, null),
                old.scope(),
                old.roles(),
                old.extensions(),
                old.tables(),
                old.objects(),
                old.definitions(),
                old.sequences(),
                new BackupManifest.ArchiveInfo(
                        folder + BackupRepository.ARCHIVE,
                        archive.format(),
                        archive.plainBytes(),
                        archive.plainSha256(),
                        archive.compression(),
                        archive.encryption(),
                        archive.storedBytes(),
                        archive.storedSha256(),
                        archive.parts()),
                new BackupManifest.VerificationInfo("L2", takenAt),
                old.stored(),
                old.timingMs()));
    }
}

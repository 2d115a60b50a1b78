package ca.assistantgazelle.backup.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.backup.destination.BackupDestination;
import ca.assistantgazelle.backup.dump.SampleDatabase;
import ca.assistantgazelle.backup.retention.RetentionExecutor;
import ca.assistantgazelle.backup.retention.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Marker files change the status of a backup and whether retention may remove it. */
class BackupRepositoryTest {
    private final Instant later = Instant.now().plus(Duration.ofDays(400));
    private static final RetentionPolicy KEEP_NOTHING =
            new RetentionPolicy(0, 0, 0, 0, 1, Duration.ofHours(1), ZoneId.of("America/Toronto"));

    @TempDir
    Path folder;

    private BackupDestination directory;
    private BackupRepository repository;

    @BeforeEach
    void createTwoBackups() throws Exception {
        directory = SampleDatabase.directory(folder);
        repository = new BackupRepository(directory, SampleDatabase.SEAL);
        SampleDatabase.runBackup(SampleDatabase.spec(SampleDatabase.source(), directory));
        SampleDatabase.runBackup(SampleDatabase.spec(SampleDatabase.source(), directory));
    }

    @AfterEach
    void close() {
        directory.close();
    }

    private StoredBackup older() throws Exception {
        return repository.list().getLast();
    }

    private boolean isRemovable(String id) throws Exception {
        return new RetentionExecutor(repository, KEEP_NOTHING, later)
                .plan(repository.list())
                .remove()
                .contains(id);
    }

    @Test
    void anOldBackupIsRemovableUnlessPinnedOrLeased() throws Exception {
        var old = older();
        assertThat(isRemovable(old.id())).isTrue();
        repository.pin(old.folder(), true, "kept", later);
        assertThat(isRemovable(old.id())).isFalse();
        repository.pin(old.folder(), false, "", later);
        var lease = repository.lease(old.folder(), "restore", later, later.plusSeconds(60));
        assertThat(isRemovable(old.id())).isFalse();
        repository.release(lease);
        assertThat(isRemovable(old.id())).isTrue();
    }

    @Test
    void aQuarantinedBackupIsNotVerifiedAndIsKept() throws Exception {
        var newest = repository.list().getFirst();
        repository.quarantine(newest.folder(), "a bit flipped", later);
        var seen = repository.list();
        assertThat(seen.getFirst().state()).isEqualTo(StoredBackupState.QUARANTINED);
        assertThat(seen.getFirst().problem()).isEqualTo("a bit flipped");
        assertThat(seen.stream().filter(StoredBackup::isVerified)).containsExactly(older());
        assertThat(isRemovable(newest.id())).isFalse();
        assertThat(isRemovable(older().id())).isFalse();
    }

    @Test
    void aRemovedBackupLeavesNothing() throws Exception {
        repository.remove(older());
        assertThat(repository.list()).hasSize(1);
        assertThat(repository.orphans()).isEmpty();
    }

    @Test
    void aManifestInAnotherBackupsFolderIsTampered() throws Exception {
        var newest = repository.list().getFirst();
        for (var name : new String[] {"manifest.json", "manifest.mac"}) {
            Files.copy(
                    folder.resolve(newest.folder() + name),
                    folder.resolve(older().folder() + name),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(repository.list()).extracting(StoredBackup::state).contains(StoredBackupState.TAMPERED);
    }

    /** A crash before the rename leaves a partial file. */
    @Test
    void anOldPartialFileIsRemoved() throws Exception {
        var part = folder.resolve(older().folder() + "archive.zst.age.part");
        Files.writeString(part, "half");
        assertThat(directory.list("")).noneMatch(one -> one.key().endsWith(".part"));
        assertThat(directory.abortUnfinishedUploads(Instant.now().minusSeconds(3_600)))
                .isZero();
        Files.setLastModifiedTime(part, FileTime.from(Instant.now().minusSeconds(7_200)));
        assertThat(directory.abortUnfinishedUploads(Instant.now().minusSeconds(3_600)))
                .isOne();
        assertThat(part).doesNotExist();
    }
}

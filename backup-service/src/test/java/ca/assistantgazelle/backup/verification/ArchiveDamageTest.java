package ca.assistantgazelle.backup.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.assistantgazelle.backup.archive.AgeEncryptionKeys;
import ca.assistantgazelle.backup.archive.ArchiveEncryption;
import ca.assistantgazelle.backup.archive.HashingOutputStream;
import ca.assistantgazelle.backup.destination.BackupDestination;
import ca.assistantgazelle.backup.dump.SampleDatabase;
import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.manifest.BackupManifest;
import ca.assistantgazelle.backup.manifest.BackupRepository;
import ca.assistantgazelle.backup.manifest.DatabaseFingerprint;
import ca.assistantgazelle.backup.manifest.ManifestSignature;
import ca.assistantgazelle.backup.manifest.StoredBackup;
import ca.assistantgazelle.backup.manifest.StoredBackupState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of damage is detected wherever it occurs. */
class ArchiveDamageTest {
    private static final int FLIPS = 100;

    @TempDir
    static Path folder;

    private static BackupDestination directory;
    private static BackupManifest manifest;
    private static byte[] archive;
    private static Path file;

    @BeforeAll
    static void createBackup() throws Exception {
        directory = SampleDatabase.directory(folder);
        manifest = SampleDatabase.runBackup(SampleDatabase.spec(SampleDatabase.source(), directory))
                .manifest();
        file = folder.resolve(manifest.archive().key());
        archive = Files.readAllBytes(file);
    }

    @AfterAll
    static void close() {
        directory.close();
    }

    @BeforeEach
    void resetArchive() throws IOException {
        Files.write(file, archive);
    }

    private static BackupException verify(BackupManifest.ArchiveInfo expected) {
        return catchThrowableOfType(
                BackupException.class,
                () -> new ArchiveReadBack(directory, expected, SampleDatabase.identities()).verifyContents());
    }

    private static StoredBackup listed() throws IOException {
        return new BackupRepository(directory, SampleDatabase.SEAL).list().getFirst();
    }

    @Test
    void oneFlippedBitAnywhereFailsL1() throws Exception {
        var random = new Random(1);
        for (int i = 0; i < FLIPS; i++) {
            var damaged = archive.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            assertThat(verify(manifest.archive()).errorClass()).isEqualTo(BackupErrorClass.VERIFY_BYTES);
        }
    }

    /** Damage is detected from the contents even if the hashes match the damaged bytes. */
    @Test
    void oneFlippedBitAnywhereFailsL2EvenWhenTheHashWasForged() throws Exception {
        var random = new Random(2);
        for (int i = 0; i < FLIPS; i++) {
            var damaged = archive.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            assertThat(verify(forged(damaged)).errorClass())
                    .isIn(BackupErrorClass.VERIFY_CONTENT, BackupErrorClass.KEY_IDENTITY);
        }
    }

    private static BackupManifest.ArchiveInfo forged(byte[] bytes) {
        var old = manifest.archive();
        return new BackupManifest.ArchiveInfo(
                old.key(),
                old.format(),
                old.plainBytes(),
                old.plainSha256(),
                old.compression(),
                old.encryption(),
                bytes.length,
                HashingOutputStream.sha256(bytes),
                List.of());
    }

    @Test
    void truncationIsDetectedAnywhere() throws Exception {
        for (int length : new int[] {0, 10, 200, archive.length / 2, archive.length - 1}) {
            Files.write(file, Arrays.copyOf(archive, length));
            assertThat(verify(manifest.archive()).errorClass()).isEqualTo(BackupErrorClass.VERIFY_BYTES);
            assertThat(verify(forged(Arrays.copyOf(archive, length))).errorClass())
                    .isIn(BackupErrorClass.VERIFY_CONTENT, BackupErrorClass.KEY_IDENTITY);
            assertThat(listed().state()).isEqualTo(StoredBackupState.MISSING);
        }
    }

    @Test
    void appendedBytesAreDetected() throws Exception {
        var longer = Arrays.copyOf(archive, archive.length + 1);
        Files.write(file, longer);
        assertThat(verify(manifest.archive()).errorClass()).isEqualTo(BackupErrorClass.VERIFY_BYTES);
    }

    @Test
    void theFirstDamagedPartIsReported() throws Exception {
        Files.write(file, new byte[0]);
        assertThat(verify(manifest.archive())).hasMessageContaining("at or after byte 0.");
    }

    @Test
    void aWrongKeyIsDistinguishedFromDamage() throws Exception {
        var other = AgeEncryptionKeys.generate();
        var out = new ByteArrayOutputStream();
        try (var stream = ArchiveEncryption.encrypt(out, List.of(AgeEncryptionKeys.recipient(other))).stream()) {
            stream.write(1);
        }
        Files.write(file, out.toByteArray());
        assertThat(verify(forged(out.toByteArray())).errorClass()).isEqualTo(BackupErrorClass.KEY_IDENTITY);
    }

    @Test
    void missingRowsAreReportedByTable() throws Exception {
        var contents = manifest.contents();
        var tables = new ArrayList<>(contents.tables());
        tables.replaceAll(table -> table.name().equals("public.vide")
                ? new DatabaseFingerprint.TableSummary(table.name(), table.kind(), 3, table.checksum(), false)
                : table);
        var archived = new ArchiveReadBack(directory, manifest.archive(), SampleDatabase.identities()).verifyContents();
        assertThat(archived.missing(contents)).isEmpty();
        assertThat(archived.missing(new DatabaseFingerprint(
                        tables, contents.sequences(), contents.objects(), contents.definitions())))
                .containsExactly("public.vide: 3 rows expected, in the archive 0");
    }

    @Test
    void aChangedManifestIsTampered() throws Exception {
        var path = folder.resolve(manifest.folder() + "manifest.json");
        var mark = folder.resolve(manifest.folder() + "manifest.mac");
        var written = Files.readAllBytes(path);
        var sealed = Files.readAllBytes(mark);
        var changed = written.clone();
        changed[changed.length / 2] ^= 1;
        Files.write(path, changed);
        for (var signature : List.of(SampleDatabase.SEAL, new ManifestSignature(null))) {
            var found = new BackupRepository(directory, signature).list().getFirst();
            assertThat(found.state()).isEqualTo(StoredBackupState.TAMPERED);
            assertThat(found.isGood()).isFalse();
        }
        Files.delete(mark);
        Files.write(path, written);
        assertThat(listed().state()).isEqualTo(StoredBackupState.TAMPERED);
        Files.write(mark, sealed);
        assertThat(listed().state()).isEqualTo(StoredBackupState.GOOD);
    }

    @Test
    void aManifestSignedWithAnotherSecretIsTampered() throws Exception {
        var forger = new ManifestSignature("another secret".getBytes(StandardCharsets.UTF_8));
        assertThat(new BackupRepository(directory, forger).list().getFirst().state())
                .isEqualTo(StoredBackupState.TAMPERED);
    }

    @Test
    void anArchiveOfAnotherBackupIsDetected() throws Exception {
        var other = SampleDatabase.runBackup(
                        SampleDatabase.spec(SampleDatabase.source(), SampleDatabase.directory(folder.resolve("other"))))
                .manifest();
        Files.copy(folder.resolve("other").resolve(other.archive().key()), file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(verify(manifest.archive()).errorClass()).isEqualTo(BackupErrorClass.VERIFY_BYTES);
        try (var walk = Files.walk(folder.resolve("other"))) {
            walk.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }

    @Test
    void aDeletedArchiveIsMissing() throws Exception {
        Files.delete(file);
        assertThat(listed().state()).isEqualTo(StoredBackupState.MISSING);
        assertThatThrownBy(() -> new ArchiveReadBack(directory, manifest.archive(), SampleDatabase.identities())
                        .verifyContents())
                .extracting("errorClass")
                .isEqualTo(BackupErrorClass.STORE_READ);
    }
}

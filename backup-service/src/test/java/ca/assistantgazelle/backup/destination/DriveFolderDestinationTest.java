package ca.assistantgazelle.backup.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.assistantgazelle.backup.destination.drive.DriveSettings;
import ca.assistantgazelle.backup.dump.SampleDatabase;
import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.manifest.BackupRepository;
import ca.assistantgazelle.backup.restore.DatabaseRestore;
import ca.assistantgazelle.backup.restore.RestoreRequest;
import ca.assistantgazelle.emulators.google.GoogleEmulator;
import ca.assistantgazelle.emulators.google.GoogleFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DriveFolderDestinationTest {
    private final GoogleEmulator google = GoogleEmulator.start(0, Clock.systemUTC());

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        google.close();
    }

    private BackupDestination drive() throws BackupException {
        return new DriveSettings(null, google.url(), Duration.ofSeconds(10), Duration.ofMillis(20)).folder("dossier");
    }

    private BackupDestination drive(String key) throws Exception {
        var file = Files.writeString(folder.resolve("key.json"), key);
        return new DriveSettings(file, google.url(), Duration.ofSeconds(10), Duration.ofMillis(20)).folder("dossier");
    }

    private static byte[] bytes(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static void upload(BackupDestination drive, String key, byte[] content) throws Exception {
        var upload = drive.beginUpload(key);
        upload.write(content, 0, content.length);
        upload.complete();
    }

    @Test
    void aBackupOnDriveIsRestored() throws Exception {
        try (var drive = drive()) {
            SampleDatabase.runBackup(SampleDatabase.spec(SampleDatabase.source(), drive));
            var backup = new BackupRepository(drive, SampleDatabase.SEAL).list().getFirst();
            var report = new DatabaseRestore(drive, SampleDatabase.identities(), Clock.systemUTC(), line -> {})
                    .run(
                            backup,
                            new RestoreRequest(
                                    SampleDatabase.server().database("zoo_from_drive"),
                                    List.of(),
                                    null,
                                    false,
                                    null,
                                    false));
            assertThat(report.differences()).isEmpty();
            new BackupRepository(drive, SampleDatabase.SEAL).remove(backup);
            assertThat(google.driveFiles()).isEmpty();
        }
    }

    @Test
    void uploadsOfEveryLengthAreComplete() throws Exception {
        try (var drive = drive()) {
            for (int length : new int[] {0, 1, 8 << 20, (8 << 20) + 1, 20_000_003}) {
                upload(drive, "length " + length, bytes(length));
                assertThat(Arrays.equals(google.driveFiles().get("length " + length), bytes(length)))
                        .isTrue();
            }
            assertThat(drive.list("length 8")).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = GoogleFault.class,
            names = {"TOO_MANY_REQUESTS", "SERVER_ERROR", "UNAVAILABLE", "LOST_REQUEST", "LOST_ANSWER", "HALF_TAKEN"})
    void interruptedUploadsResume(GoogleFault fault) throws Exception {
        google.faults().inject(fault, "PUT /upload", 1, 2);
        var content = bytes(20_000_003);
        try (var drive = drive()) {
            upload(drive, "k", content);
        }
        assertThat(Arrays.equals(google.driveFiles().get("k"), content)).isTrue();
    }

    private static BackupException failure(BackupDestination drive) {
        return catchThrowableOfType(BackupException.class, () -> upload(drive, "k", bytes(20_000_003)));
    }

    @Test
    void anExpiredUploadSessionFails() throws Exception {
        google.faults().inject(GoogleFault.SESSION_GONE, "PUT /upload", 1, 1);
        try (var drive = drive()) {
            assertThat(failure(drive).errorClass()).isEqualTo(BackupErrorClass.STORE_SESSION);
        }
        assertThat(google.driveFiles()).isEmpty();
    }

    @Test
    void quotaErrorsAreExplainedAndNotRetried() throws Exception {
        google.faults().inject(GoogleFault.STORAGE_QUOTA, "POST /upload", 0, 100);
        try (var drive = drive()) {
            var failure = failure(drive);
            assertThat(failure.errorClass()).isEqualTo(BackupErrorClass.STORE_QUOTA);
            assertThat(failure.suggestion()).contains("Shared Drive", "OAuth");
        }
        assertThat(google.calls().stream().filter(call -> call.startsWith("POST")))
                .hasSize(1);
    }

    @Test
    void aRevokedKeyIsExplained() throws Exception {
        google.requireToken(true);
        google.account().delete();
        try (var drive = drive(google.keyFile())) {
            var failure = catchThrowableOfType(BackupException.class, drive::probe);
            assertThat(failure.errorClass()).isEqualTo(BackupErrorClass.STORE_AUTH);
            assertThat(failure.suggestion()).contains("Testing");
        }
    }

    @Test
    void aServiceAccountLogsIn() throws Exception {
        google.requireToken(true);
        try (var drive = drive(google.keyFile())) {
            drive.probe();
            upload(drive, "k", bytes(10));
        }
        assertThat(google.driveFiles()).containsOnlyKeys("k");
    }

    @Test
    void anInaccessibleFolderIsReported() throws Exception {
        try (var drive = new DriveSettings(null, google.url(), Duration.ofSeconds(10), Duration.ofMillis(20))
                .folder("introuvable")) {
            var failure = catchThrowableOfType(BackupException.class, drive::probe);
            assertThat(failure.errorClass()).isEqualTo(BackupErrorClass.STORE_AUTH);
            assertThat(failure).hasMessageContaining("gdrive://introuvable");
        }
    }

    @Test
    void existingNamesAreNotReused() throws Exception {
        try (var drive = drive()) {
            drive.put("it's", bytes(3));
            assertThat(catchThrowableOfType(BackupException.class, () -> drive.put("it's", bytes(4)))
                            .errorClass())
                    .isEqualTo(BackupErrorClass.STORE_CONFLICT);
            try (var in = drive.read("it's")) {
                assertThat(in.readAllBytes()).isEqualTo(bytes(3));
            }
        }
    }

    @Test
    void anAbortedUploadLeavesNothing() throws Exception {
        try (var drive = drive()) {
            var upload = drive.beginUpload("k");
            upload.write(bytes(9 << 20), 0, 9 << 20);
            upload.abort();
        }
        assertThat(google.driveFiles()).isEmpty();
    }
}

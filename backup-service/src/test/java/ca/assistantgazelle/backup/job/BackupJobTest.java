package ca.assistantgazelle.backup.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.assistantgazelle.backup.command.BackupCommand;
import ca.assistantgazelle.backup.dump.SampleDatabase;
import ca.assistantgazelle.backup.inventory.BackupInventory;
import ca.assistantgazelle.backup.manifest.BackupRepository;
import ca.assistantgazelle.backup.manifest.ManifestSignature;
import ca.assistantgazelle.backup.manifest.OldBackupFixture;
import ca.assistantgazelle.backup.manifest.StoredBackup;
import ca.assistantgazelle.contract.event.RunCause;
import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.emulators.testing.TestEnvironment;
import ca.assistantgazelle.emulators.testing.TestEnvironmentResource;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.worker.execution.JobFailedException;
import ca.assistantgazelle.worker.execution.JobResult;
import ca.assistantgazelle.worker.testing.TestJobContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestEnvironmentResource.class)
@QuarkusTestResource(BackupTestResource.class)
class BackupJobTest {
    @Inject
    BackupJob job;

    @Inject
    Database database;

    @Inject
    MeterRegistry meters;

    @BeforeEach
    void clearDestinations() throws IOException {
        try (var directory = SampleDatabase.directory(copies());
                var bucket = SampleDatabase.bucket("nightly")) {
            for (var destination : List.of(directory, bucket)) {
                for (var object : destination.list("")) {
                    destination.delete(object.key());
                }
            }
        }
        database.update("delete from automation.backup_copy");
    }

    private static Path copies() {
        return BackupTestResource.folder.resolve("copies");
    }

    private JobResult runBackup(Map<String, Object> parameters) throws JobFailedException, InterruptedException {
        var trigger = new TriggerEvent(
                UUID.randomUUID(),
                "backup_supabase_daily",
                1,
                RunCause.SCHEDULED,
                null,
                null,
                Instant.now(),
                null,
                parameters,
                null,
                null);
        return job.run(new TestJobContext(trigger, Instant.now(), database));
    }

    private JobFailedException failedRun() {
        return catchThrowableOfType(JobFailedException.class, () -> runBackup(Map.of()));
    }

    private List<String> states() {
        return database.list(
                "select destination || ' ' || state from automation.backup_copy order by backup_id, destination",
                row -> row.getString(0));
    }

    private static List<StoredBackup> inDirectory() throws IOException {
        try (var directory = SampleDatabase.directory(copies())) {
            return new BackupRepository(directory, new ManifestSignature(null)).list();
        }
    }

    private static String directory() {
        return "file://" + copies();
    }

    @Test
    void aBackupIsVerifiedAtBothDestinationsAndDrilledWeekly() throws Exception {
        var first = runBackup(Map.of());
        assertThat(first.details())
                .containsEntry("state", "VERIFIED")
                .containsEntry("verified_level", "L2")
                .containsEntry("drill", "equal")
                .containsEntry("degraded", true);
        assertThat(first.counts().get("backup")).containsEntry("destinations", 2L);
        assertThat(states()).containsExactly(directory() + " VERIFIED", "s3://sauvegardes/nightly VERIFIED");
        assertThat(inDirectory().getFirst().level()).isEqualTo("L3");
        assertThat(inDirectory().getFirst().manifest().tables())
                .extracting("name")
                .contains("public.users", "public.produits_catalogue", "public.gazelle_clients", "automation.run");
        assertThat(runBackup(Map.of()).details()).doesNotContainKey("drill");
        assertThat(runBackup(Map.of("drill", true)).details()).containsEntry("drill", "equal");
        assertThat(meters.find("backup.last.verified.timestamp")
                        .tag("level", "L3")
                        .gauge()
                        .value())
                .isPositive();
        assertThat(meters.find("backup.bytes").tag("kind", "stored").gauge().value())
                .isPositive();
    }

    @Test
    void oneFailedDestinationFailsTheRunAndIsNamed() throws Exception {
        Files.writeString(copies().resolve("gazelle"), "blocks the creation of the folder");
        try {
            var failure = failedRun();
            assertThat(failure.error().errorClass()).isEqualTo("BACKUP_PARTIAL");
            assertThat(failure.error().message())
                    .contains(directory(), "store.write", "is verified at [s3://sauvegardes/nightly]");
            assertThat(failure.partialResult().details()).containsEntry("state", "PARTIAL");
            assertThat(states()).containsExactly("s3://sauvegardes/nightly VERIFIED");
        } finally {
            Files.delete(copies().resolve("gazelle"));
        }
    }

    @Test
    void removedAndDamagedBackupsAreReported() throws Exception {
        runBackup(Map.of());
        runBackup(Map.of());
        var backups = inDirectory();
        var removed = backups.get(0);
        var damaged = backups.get(1);
        try (var directory = SampleDatabase.directory(copies())) {
            directory.list(removed.folder()).forEach(object -> delete(object.key()));
        }
        var manifest = copies().resolve(damaged.folder() + "manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("L2", "L9"));
        var result = runBackup(Map.of());
        assertThat(result.details()).containsEntry("state", "VERIFIED").containsEntry("damaged", 2);
        assertThat(result.details().get("warnings").toString())
                .contains(removed.id() + " is MISSING", damaged.id() + " is TAMPERED");
        assertThat(database.list(
                        "select state from automation.backup_copy where destination = $1",
                        row -> row.getString(0),
                        directory()))
                .containsExactlyInAnyOrder("VERIFIED", "MISSING", "TAMPERED");
    }

    private static void delete(String key) {
        try (var directory = SampleDatabase.directory(copies())) {
            directory.delete(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aWipedCatalogueIsRebuiltFromTheDestinations() throws Exception {
        runBackup(Map.of());
        var before = states();
        database.update("delete from automation.backup_copy");
        runBackup(Map.of());
        assertThat(states()).hasSize(4).containsAll(before);
    }

    @Test
    void theCatalogueIsRebuiltByCommand() throws Exception {
        runBackup(Map.of());
        database.update("delete from automation.backup_copy");
        var server = SampleDatabase.server();
        var code = BackupCommand.commandLine()
                .execute(
                        "catalog",
                        "rebuild",
                        "--destination",
                        directory(),
                        "--database",
                        "postgresql://gazelle:"
                                + server.password()
                                + "@127.0.0.1:"
                                + server.port()
                                + "/gazelle?sslmode=disable");
        assertThat(code).isZero();
        assertThat(states()).containsExactly(directory() + " VERIFIED");
    }

    private ManifestSignature signature() {
        return new ManifestSignature(BackupInventory.loadOrCreateSecret(database));
    }

    /** Copies the backup with another date. */
    private void copyAs(StoredBackup backup, Instant takenAt) throws IOException {
        try (var directory = SampleDatabase.directory(copies())) {
            OldBackupFixture.copy(new BackupRepository(directory, signature()), backup, takenAt);
        }
    }

    @Test
    void oldBackupsAreRemovedByPolicy() throws Exception {
        runBackup(Map.of());
        var one = inDirectory().getFirst();
        for (int day = 1; day <= 9; day++) {
            copyAs(one, Instant.parse("2026-01-0" + day + "T08:00:00Z"));
        }
        var result = runBackup(Map.of());
        assertThat(result.details()).doesNotContainKey("damaged");
        // Daily: today and six days of January; weekly: January 4; monthly: January 9.
        assertThat(result.counts().get("retention")).containsEntry("removed", 3L);
        assertThat(inDirectory())
                .extracting(backup -> backup.id().substring(0, 8))
                .contains("20260109", "20260104")
                .doesNotContain("20260101", "20260102", "20260103");
        assertThat(database.list(
                        "select left(backup_id, 8) from automation.backup_copy where state = 'DELETED' order by 1",
                        row -> row.getString(0)))
                .containsExactly("20260101", "20260102", "20260103");
    }

    @Test
    void oldOrphansAreRemovedButNotArchivesThatLostTheirManifest() throws Exception {
        runBackup(Map.of());
        var one = inDirectory().getFirst();
        var orphan = copies().resolve("gazelle/2026/01/20260102T080000Z-abcdef");
        Files.createDirectories(orphan);
        Files.copy(copies().resolve(one.folder() + BackupRepository.ARCHIVE), orphan.resolve(BackupRepository.ARCHIVE));
        copyAs(one, Instant.parse("2026-01-03T08:00:00Z"));
        var robbed = inDirectory().stream()
                .filter(old -> old.id().startsWith("20260103"))
                .findFirst()
                .get();
        runBackup(Map.of());
        Files.delete(copies().resolve(robbed.folder() + "manifest.json"));
        age(orphan);
        age(copies().resolve(robbed.folder()));
        var result = runBackup(Map.of());
        assertThat(result.counts().get("retention")).containsEntry("orphans", 1L);
        assertThat(result.details().get("warnings").toString()).contains(robbed.id() + " is MISSING");
        assertThat(orphan).doesNotExist();
        assertThat(copies().resolve(robbed.folder() + BackupRepository.ARCHIVE)).exists();
    }

    private static void age(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(200_000)));
            }
        }
    }

    @Test
    void manuallyRemovedBackupsAreNotMissing() throws Exception {
        runBackup(Map.of());
        var one = inDirectory().getFirst();
        // So many that the run does not apply the plan without confirmation.
        for (int day = 1; day <= 9; day++) {
            copyAs(one, Instant.parse("2026-01-0" + day + "T08:00:00Z"));
            copyAs(one, Instant.parse("2026-01-0" + day + "T09:00:00Z"));
        }
        var held = runBackup(Map.of());
        var warning = held.details().get("warnings").toString();
        assertThat(warning).contains("retention was not applied", "--plan ");
        var hash = warning.replaceAll("(?s).*--plan ([0-9a-f]{12}).*", "$1");
        assertThat(BackupCommand.commandLine().execute("retention", "--destination", directory(), "--plan", hash))
                .isZero();
        assertThat(inDirectory()).hasSizeLessThan(12);
        assertThat(String.valueOf(runBackup(Map.of()).details().get("warnings")))
                .doesNotContain("MISSING");
    }

    @Test
    void withoutRecipientsNothingIsEverWritten() throws Exception {
        var file = BackupTestResource.folder.resolve("recipients.txt");
        var keys = Files.readString(file);
        Files.writeString(file, "# none\n");
        try {
            var failure = failedRun();
            assertThat(failure.error().errorClass()).isEqualTo("BACKUP_KEY_MISSING");
            assertThat(failure.error().suggestion()).isNotBlank();
            assertThat(inDirectory()).isEmpty();
        } finally {
            Files.writeString(file, keys);
        }
    }

    @Test
    void noSecretIsInTheManifestTheOutcomeOrTheDatabase() throws Exception {
        var result = runBackup(Map.of());
        var rows = database.list("select c::text from automation.backup_copy c", row -> row.getString(0));
        var written = result.details()
                + " "
                + rows
                + new String(
                        Files.readAllBytes(
                                copies().resolve(inDirectory().getFirst().folder() + "manifest.json")),
                        StandardCharsets.UTF_8);
        assertThat(rows).isNotEmpty();
        assertThat(written)
                .doesNotContain(TestEnvironment.S3_SECRET_KEY)
                .doesNotContain("AGE-SECRET-KEY")
                .doesNotContain(SampleDatabase.server().password() + "@");
    }
}

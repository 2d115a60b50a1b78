package ca.assistantgazelle.nightly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.assistantgazelle.command.BackupCommand;
import ca.assistantgazelle.contract.event.RunCause;
import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.dump.Zoo;
import ca.assistantgazelle.emulators.testing.TestEnvironment;
import ca.assistantgazelle.emulators.testing.TestEnvironmentResource;
import ca.assistantgazelle.inventory.Inventory;
import ca.assistantgazelle.manifest.OldBackups;
import ca.assistantgazelle.manifest.Seal;
import ca.assistantgazelle.manifest.Shelf;
import ca.assistantgazelle.manifest.StoredBackup;
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
@QuarkusTestResource(BackupPeers.class)
class BackupJobTest {
  @Inject BackupJob job;
  @Inject Database database;
  @Inject MeterRegistry meters;

  @BeforeEach
  void nothingYet() throws IOException {
    try (var directory = Zoo.directory(copies());
        var bucket = Zoo.bucket("nightly")) {
      for (var destination : List.of(directory, bucket)) {
        for (var object : destination.list("")) {
          destination.delete(object.key());
        }
      }
    }
    database.update("delete from automation.backup_copy");
  }

  private static Path copies() {
    return BackupPeers.folder.resolve("copies");
  }

  private JobResult night(Map<String, Object> parameters)
      throws JobFailedException, InterruptedException {
    var trigger =
        new TriggerEvent(
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

  private JobFailedException failedNight() {
    return catchThrowableOfType(JobFailedException.class, () -> night(Map.of()));
  }

  private List<String> states() {
    return database.list(
        "select destination || ' ' || state from automation.backup_copy order by backup_id, destination",
        row -> row.getString(0));
  }

  private static List<StoredBackup> inDirectory() throws IOException {
    try (var directory = Zoo.directory(copies())) {
      return new Shelf(directory, new Seal(null)).list();
    }
  }

  private static String directory() {
    return "file://" + copies();
  }

  @Test
  void aNightIsVerifiedInBothPlacesAndRehearsedOnceAWeek() throws Exception {
    var first = night(Map.of());
    assertThat(first.details())
        .containsEntry("state", "VERIFIED")
        .containsEntry("verified_level", "L2")
        .containsEntry("rehearsal", "equal")
        .containsEntry("degraded", true);
    assertThat(first.counts().get("backup")).containsEntry("destinations", 2L);
    assertThat(states())
        .containsExactly(directory() + " VERIFIED", "s3://sauvegardes/nightly VERIFIED");
    assertThat(inDirectory().getFirst().level()).isEqualTo("L3");
    assertThat(inDirectory().getFirst().manifest().tables())
        .extracting("name")
        .contains(
            "public.users",
            "public.produits_catalogue",
            "public.gazelle_clients",
            "automation.run");
    assertThat(night(Map.of()).details()).doesNotContainKey("rehearsal");
    assertThat(night(Map.of("drill", true)).details()).containsEntry("rehearsal", "equal");
    assertThat(meters.find("backup.last.verified.timestamp").tag("level", "L3").gauge().value())
        .isPositive();
    assertThat(meters.find("backup.bytes").tag("kind", "stored").gauge().value()).isPositive();
  }

  @Test
  void oneDestinationThatFailsMakesTheNightAnErrorThatNamesIt() throws Exception {
    Files.writeString(copies().resolve("gazelle"), "in the way of the folder");
    try {
      var failure = failedNight();
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
  void aBackupThatSomebodyRemovedOrDamagedIsTold() throws Exception {
    night(Map.of());
    night(Map.of());
    var backups = inDirectory();
    var removed = backups.get(0);
    var damaged = backups.get(1);
    try (var directory = Zoo.directory(copies())) {
      directory.list(removed.folder()).forEach(object -> delete(object.key()));
    }
    var manifest = copies().resolve(damaged.folder() + "manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("L2", "L9"));
    var result = night(Map.of());
    assertThat(result.details()).containsEntry("state", "VERIFIED").containsEntry("damaged", 2);
    assertThat(result.details().get("warnings").toString())
        .contains(removed.id() + " is MISSING", damaged.id() + " is TAMPERED");
    assertThat(
            database.list(
                "select state from automation.backup_copy where destination = $1",
                row -> row.getString(0),
                directory()))
        .containsExactlyInAnyOrder("VERIFIED", "MISSING", "TAMPERED");
  }

  private static void delete(String key) {
    try (var directory = Zoo.directory(copies())) {
      directory.delete(key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aWipedCatalogueIsWrittenAnewFromTheDestinations() throws Exception {
    night(Map.of());
    var before = states();
    database.update("delete from automation.backup_copy");
    night(Map.of());
    assertThat(states()).hasSize(4).containsAll(before);
  }

  @Test
  void thePersonWhoRestoredTheDatabaseCanRebuildTheCatalogue() throws Exception {
    night(Map.of());
    database.update("delete from automation.backup_copy");
    var server = Zoo.server();
    var code =
        BackupCommand.line()
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

  private Seal seal() {
    return new Seal(Inventory.secret(database));
  }

  /** As if it had been made in another night. */
  private void copyAs(StoredBackup backup, Instant takenAt) throws IOException {
    try (var directory = Zoo.directory(copies())) {
      OldBackups.copy(new Shelf(directory, seal()), backup, takenAt);
    }
  }

  @Test
  void oldBackupsGoAsThePolicySays() throws Exception {
    night(Map.of());
    var one = inDirectory().getFirst();
    for (int day = 1; day <= 9; day++) {
      copyAs(one, Instant.parse("2026-01-0" + day + "T08:00:00Z"));
    }
    var result = night(Map.of());
    assertThat(result.details()).doesNotContainKey("damaged");
    // Tonight and the six days before it; the week of January 4 has it, and the month has the 9th.
    assertThat(result.counts().get("retention")).containsEntry("removed", 3L);
    assertThat(inDirectory())
        .extracting(backup -> backup.id().substring(0, 8))
        .contains("20260109", "20260104")
        .doesNotContain("20260101", "20260102", "20260103");
    assertThat(
            database.list(
                "select left(backup_id, 8) from automation.backup_copy where state = 'DELETED' order by 1",
                row -> row.getString(0)))
        .containsExactly("20260101", "20260102", "20260103");
  }

  @Test
  void whatWasNeverFinishedGoesAfterTwoDaysButNotAnArchiveWhoseManifestWasTaken() throws Exception {
    night(Map.of());
    var one = inDirectory().getFirst();
    var debris = copies().resolve("gazelle/2026/01/20260102T080000Z-abcdef");
    Files.createDirectories(debris);
    Files.copy(copies().resolve(one.folder() + Shelf.ARCHIVE), debris.resolve(Shelf.ARCHIVE));
    copyAs(one, Instant.parse("2026-01-03T08:00:00Z"));
    var robbed =
        inDirectory().stream().filter(old -> old.id().startsWith("20260103")).findFirst().get();
    night(Map.of());
    Files.delete(copies().resolve(robbed.folder() + "manifest.json"));
    age(debris);
    age(copies().resolve(robbed.folder()));
    var result = night(Map.of());
    assertThat(result.counts().get("retention")).containsEntry("debris", 1L);
    assertThat(result.details().get("warnings").toString()).contains(robbed.id() + " is MISSING");
    assertThat(debris).doesNotExist();
    assertThat(copies().resolve(robbed.folder() + Shelf.ARCHIVE)).exists();
  }

  private static void age(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(200_000)));
      }
    }
  }

  @Test
  void whatAPersonRemovesByPlanIsNotMissing() throws Exception {
    night(Map.of());
    var one = inDirectory().getFirst();
    // So many that the run itself does not dare.
    for (int day = 1; day <= 9; day++) {
      copyAs(one, Instant.parse("2026-01-0" + day + "T08:00:00Z"));
      copyAs(one, Instant.parse("2026-01-0" + day + "T09:00:00Z"));
    }
    var held = night(Map.of());
    var warning = held.details().get("warnings").toString();
    assertThat(warning).contains("retention was not carried out", "--plan ");
    var hash = warning.replaceAll("(?s).*--plan ([0-9a-f]{12}).*", "$1");
    assertThat(
            BackupCommand.line().execute("retention", "--destination", directory(), "--plan", hash))
        .isZero();
    assertThat(inDirectory()).hasSizeLessThan(12);
    assertThat(String.valueOf(night(Map.of()).details().get("warnings"))).doesNotContain("MISSING");
  }

  @Test
  void withoutRecipientsNothingIsEverWritten() throws Exception {
    var file = BackupPeers.folder.resolve("recipients.txt");
    var keys = Files.readString(file);
    Files.writeString(file, "# none\n");
    try {
      var failure = failedNight();
      assertThat(failure.error().errorClass()).isEqualTo("BACKUP_KEY_MISSING");
      assertThat(failure.error().suggestion()).isNotBlank();
      assertThat(inDirectory()).isEmpty();
    } finally {
      Files.writeString(file, keys);
    }
  }

  @Test
  void noSecretIsInTheManifestTheOutcomeOrTheDatabase() throws Exception {
    var result = night(Map.of());
    var rows =
        database.list("select c::text from automation.backup_copy c", row -> row.getString(0));
    var written =
        result.details()
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
        .doesNotContain(Zoo.server().password() + "@");
  }
}

package ca.assistantgazelle.backup.dump;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.backup.destination.BackupDestination;
import ca.assistantgazelle.backup.manifest.BackupRepository;
import ca.assistantgazelle.backup.manifest.DatabaseFingerprint;
import ca.assistantgazelle.backup.postgresql.DatabaseAddress;
import ca.assistantgazelle.backup.restore.DatabaseRestore;
import ca.assistantgazelle.backup.restore.RestoreRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupPipelineTest {
    @TempDir
    Path folder;

    @Test
    void restoresFromEachDestinationAreEqual() throws Exception {
        var source = SampleDatabase.source();
        try (var directory = SampleDatabase.directory(folder);
                var bucket = SampleDatabase.bucket("equal")) {
            var outcome = SampleDatabase.runBackup(SampleDatabase.spec(source, directory, bucket));
            assertThat(outcome.failures()).isEmpty();
            assertThat(outcome.published()).containsExactly(directory, bucket);
            assertThat(outcome.manifest().contents().tables())
                    .extracting(DatabaseFingerprint.TableSummary::name)
                    .contains("public.gazelle_clients", "automation.boucle", "public.vide");
            assertRestorable(directory, "zoo_from_directory");
            assertRestorable(bucket, "zoo_from_bucket");
        }
    }

    private static void assertRestorable(BackupDestination from, String name) throws Exception {
        var backup = new BackupRepository(from, SampleDatabase.SEAL).list().getFirst();
        assertThat(backup.problem()).isNull();
        assertThat(backup.level()).isEqualTo("L2");
        DatabaseAddress target = SampleDatabase.server().database(name);
        var report = new DatabaseRestore(from, SampleDatabase.identities(), Clock.systemUTC(), line -> {})
                .run(backup, new RestoreRequest(target, List.of(), null, false, null, true));
        assertThat(report.differences()).isEmpty();
        assertThat(report.database()).isEqualTo(name);
    }

    @Test
    void theArchiveIsUnreadableWithoutAKey() throws Exception {
        try (var directory = SampleDatabase.directory(folder)) {
            var outcome = SampleDatabase.runBackup(SampleDatabase.spec(SampleDatabase.source(), directory));
            var bytes = Files.readAllBytes(
                    folder.resolve(outcome.manifest().archive().key()));
            assertThat(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
                    .startsWith("age-encryption.org/v1")
                    .doesNotContain("PGDMP", "gazelle_clients");
        }
    }
}

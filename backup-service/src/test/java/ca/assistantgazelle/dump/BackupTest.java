package ca.assistantgazelle.dump;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.destination.Destination;
import ca.assistantgazelle.manifest.Contents;
import ca.assistantgazelle.manifest.Shelf;
import ca.assistantgazelle.postgresql.Source;
import ca.assistantgazelle.restore.Restore;
import ca.assistantgazelle.restore.RestoreRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
  @TempDir Path folder;

  @Test
  void whatIsRestoredFromEachDestinationIsEqual() throws Exception {
    var source = Zoo.source();
    try (var directory = Zoo.directory(folder);
        var bucket = Zoo.bucket("equal")) {
      var outcome = Zoo.back(Zoo.order(source, directory, bucket));
      assertThat(outcome.failures()).isEmpty();
      assertThat(outcome.published()).containsExactly(directory, bucket);
      assertThat(outcome.manifest().contents().tables())
          .extracting(Contents.Table::name)
          .contains("public.gazelle_clients", "automation.boucle", "public.vide");
      restored(directory, "zoo_from_directory");
      restored(bucket, "zoo_from_bucket");
    }
  }

  private static void restored(Destination from, String name) throws Exception {
    var backup = new Shelf(from, Zoo.SEAL).list().getFirst();
    assertThat(backup.problem()).isNull();
    assertThat(backup.level()).isEqualTo("L2");
    Source target = Zoo.server().database(name);
    var report =
        new Restore(from, Zoo.identities(), Clock.systemUTC(), line -> {})
            .run(backup, new RestoreRequest(target, List.of(), null, false, null, true));
    assertThat(report.differences()).isEmpty();
    assertThat(report.database()).isEqualTo(name);
  }

  @Test
  void nothingOfTheArchiveIsReadable() throws Exception {
    try (var directory = Zoo.directory(folder)) {
      var outcome = Zoo.back(Zoo.order(Zoo.source(), directory));
      var bytes = Files.readAllBytes(folder.resolve(outcome.manifest().archive().key()));
      assertThat(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
          .startsWith("age-encryption.org/v1")
          .doesNotContain("PGDMP", "gazelle_clients");
    }
  }
}

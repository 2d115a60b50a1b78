package ca.assistantgazelle.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.destination.Destination;
import ca.assistantgazelle.dump.Zoo;
import ca.assistantgazelle.retention.Pruning;
import ca.assistantgazelle.retention.RetentionPolicy;
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

/** What lies beside a backup changes what it is worth, and whether it may go. */
class ShelfTest {
  private final Instant later = Instant.now().plus(Duration.ofDays(400));
  private static final RetentionPolicy NOTHING =
      new RetentionPolicy(0, 0, 0, 0, 1, Duration.ofHours(1), ZoneId.of("America/Toronto"));

  @TempDir Path folder;
  private Destination directory;
  private Shelf shelf;

  @BeforeEach
  void twoBackups() throws Exception {
    directory = Zoo.directory(folder);
    shelf = new Shelf(directory, Zoo.SEAL);
    Zoo.back(Zoo.order(Zoo.source(), directory));
    Zoo.back(Zoo.order(Zoo.source(), directory));
  }

  @AfterEach
  void close() {
    directory.close();
  }

  private StoredBackup older() throws Exception {
    return shelf.list().getLast();
  }

  private boolean mayGo(String id) throws Exception {
    return new Pruning(shelf, NOTHING, later).plan(shelf.list()).remove().contains(id);
  }

  @Test
  void anOldOneMayGoUnlessItIsPinnedOrInUse() throws Exception {
    var old = older();
    assertThat(mayGo(old.id())).isTrue();
    shelf.pin(old.folder(), true, "kept", later);
    assertThat(mayGo(old.id())).isFalse();
    shelf.pin(old.folder(), false, "", later);
    var lease = shelf.lease(old.folder(), "restore", later, later.plusSeconds(60));
    assertThat(mayGo(old.id())).isFalse();
    shelf.release(lease);
    assertThat(mayGo(old.id())).isTrue();
  }

  @Test
  void aQuarantinedOneIsNotTheLatestVerifiedAndIsKept() throws Exception {
    var newest = shelf.list().getFirst();
    shelf.quarantine(newest.folder(), "a bit flipped", later);
    var seen = shelf.list();
    assertThat(seen.getFirst().state()).isEqualTo(StoredBackup.State.QUARANTINED);
    assertThat(seen.getFirst().problem()).isEqualTo("a bit flipped");
    assertThat(seen.stream().filter(StoredBackup::isVerified)).containsExactly(older());
    assertThat(mayGo(newest.id())).isFalse();
    assertThat(mayGo(older().id())).isFalse();
  }

  @Test
  void aRemovedOneLeavesNothing() throws Exception {
    shelf.remove(older());
    assertThat(shelf.list()).hasSize(1);
    assertThat(shelf.debris()).isEmpty();
  }

  @Test
  void aManifestInAnotherBackupsFolderIsTamperedWith() throws Exception {
    var newest = shelf.list().getFirst();
    for (var name : new String[] {"manifest.json", "manifest.mac"}) {
      Files.copy(
          folder.resolve(newest.folder() + name),
          folder.resolve(older().folder() + name),
          StandardCopyOption.REPLACE_EXISTING);
    }
    assertThat(shelf.list()).extracting(StoredBackup::state).contains(StoredBackup.State.TAMPERED);
  }

  /** A crash before the rename leaves this. */
  @Test
  void aFileThatWasNeverRenamedIsNoBackupAndGoesWhenItIsOld() throws Exception {
    var part = folder.resolve(older().folder() + "archive.zst.age.part");
    Files.writeString(part, "half");
    assertThat(directory.list("")).noneMatch(one -> one.key().endsWith(".part"));
    assertThat(directory.forgetUnfinished(Instant.now().minusSeconds(3_600))).isZero();
    Files.setLastModifiedTime(part, FileTime.from(Instant.now().minusSeconds(7_200)));
    assertThat(directory.forgetUnfinished(Instant.now().minusSeconds(3_600))).isOne();
    assertThat(part).doesNotExist();
  }
}

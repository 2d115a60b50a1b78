package ca.assistantgazelle.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.assistantgazelle.archive.Envelope;
import ca.assistantgazelle.archive.Hashing;
import ca.assistantgazelle.archive.Keys;
import ca.assistantgazelle.destination.Destination;
import ca.assistantgazelle.dump.Zoo;
import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.manifest.Contents;
import ca.assistantgazelle.manifest.Manifest;
import ca.assistantgazelle.manifest.Seal;
import ca.assistantgazelle.manifest.Shelf;
import ca.assistantgazelle.manifest.StoredBackup;
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

/** Damage of every kind at every place is told. */
class DamageTest {
  private static final int FLIPS = 100;

  @TempDir static Path folder;
  private static Destination directory;
  private static Manifest manifest;
  private static byte[] archive;
  private static Path file;

  @BeforeAll
  static void oneBackup() throws Exception {
    directory = Zoo.directory(folder);
    manifest = Zoo.back(Zoo.order(Zoo.source(), directory)).manifest();
    file = folder.resolve(manifest.archive().key());
    archive = Files.readAllBytes(file);
  }

  @AfterAll
  static void close() {
    directory.close();
  }

  @BeforeEach
  void whole() throws IOException {
    Files.write(file, archive);
  }

  private static BackupException verify(Manifest.Archive expected) {
    return catchThrowableOfType(
        BackupException.class, () -> new ReadBack(directory, expected, Zoo.identities()).counted());
  }

  private static StoredBackup listed() throws IOException {
    return new Shelf(directory, Zoo.SEAL).list().getFirst();
  }

  @Test
  void oneFlippedBitAnywhereFailsL1() throws Exception {
    var random = new Random(1);
    for (int i = 0; i < FLIPS; i++) {
      var damaged = archive.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      assertThat(verify(manifest.archive()).why()).isEqualTo(Cause.VERIFY_BYTES);
    }
  }

  /** As if the hashes had been made of the damaged bytes: what is inside tells nevertheless. */
  @Test
  void oneFlippedBitAnywhereFailsL2EvenWhenTheHashWasForged() throws Exception {
    var random = new Random(2);
    for (int i = 0; i < FLIPS; i++) {
      var damaged = archive.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      assertThat(verify(forged(damaged)).why()).isIn(Cause.VERIFY_CONTENT, Cause.KEY_IDENTITY);
    }
  }

  private static Manifest.Archive forged(byte[] bytes) {
    var old = manifest.archive();
    return new Manifest.Archive(
        old.key(),
        old.format(),
        old.plainBytes(),
        old.plainSha256(),
        old.compression(),
        old.encryption(),
        bytes.length,
        Hashing.sha256(bytes),
        List.of());
  }

  @Test
  void aCutIsToldWhereverItIs() throws Exception {
    for (int length : new int[] {0, 10, 200, archive.length / 2, archive.length - 1}) {
      Files.write(file, Arrays.copyOf(archive, length));
      assertThat(verify(manifest.archive()).why()).isEqualTo(Cause.VERIFY_BYTES);
      assertThat(verify(forged(Arrays.copyOf(archive, length))).why())
          .isIn(Cause.VERIFY_CONTENT, Cause.KEY_IDENTITY);
      assertThat(listed().state()).isEqualTo(StoredBackup.State.MISSING);
    }
  }

  @Test
  void whatWasAppendedIsTold() throws Exception {
    var longer = Arrays.copyOf(archive, archive.length + 1);
    Files.write(file, longer);
    assertThat(verify(manifest.archive()).why()).isEqualTo(Cause.VERIFY_BYTES);
  }

  @Test
  void theFirstBadStretchIsNamed() throws Exception {
    Files.write(file, new byte[0]);
    assertThat(verify(manifest.archive())).hasMessageContaining("from byte 0 on");
  }

  @Test
  void aWrongKeyIsToldFromDamage() throws Exception {
    var other = Keys.generate();
    var out = new ByteArrayOutputStream();
    try (var stream = Envelope.seal(out, List.of(Keys.recipient(other))).stream()) {
      stream.write(1);
    }
    Files.write(file, out.toByteArray());
    assertThat(verify(forged(out.toByteArray())).why()).isEqualTo(Cause.KEY_IDENTITY);
  }

  @Test
  void anArchiveWithoutOneTablesRowsIsToldByItsName() throws Exception {
    var contents = manifest.contents();
    var tables = new ArrayList<>(contents.tables());
    tables.replaceAll(
        table ->
            table.name().equals("public.vide")
                ? new Contents.Table(table.name(), table.kind(), 3, table.checksum(), false)
                : table);
    var archived = new ReadBack(directory, manifest.archive(), Zoo.identities()).counted();
    assertThat(archived.missing(contents)).isEmpty();
    assertThat(
            archived.missing(
                new Contents(
                    tables, contents.sequences(), contents.objects(), contents.definitions())))
        .containsExactly("public.vide: 3 rows, in the archive 0");
  }

  @Test
  void aChangedManifestIsTamperedWith() throws Exception {
    var path = folder.resolve(manifest.folder() + "manifest.json");
    var mark = folder.resolve(manifest.folder() + "manifest.mac");
    var written = Files.readAllBytes(path);
    var sealed = Files.readAllBytes(mark);
    var changed = written.clone();
    changed[changed.length / 2] ^= 1;
    Files.write(path, changed);
    for (var seal : List.of(Zoo.SEAL, new Seal(null))) {
      var found = new Shelf(directory, seal).list().getFirst();
      assertThat(found.state()).isEqualTo(StoredBackup.State.TAMPERED);
      assertThat(found.isGood()).isFalse();
    }
    Files.delete(mark);
    Files.write(path, written);
    assertThat(listed().state()).isEqualTo(StoredBackup.State.TAMPERED);
    Files.write(mark, sealed);
    assertThat(listed().state()).isEqualTo(StoredBackup.State.GOOD);
  }

  @Test
  void aManifestSealedBySomebodyElseIsTamperedWith() throws Exception {
    var forger = new Seal("another secret".getBytes(StandardCharsets.UTF_8));
    assertThat(new Shelf(directory, forger).list().getFirst().state())
        .isEqualTo(StoredBackup.State.TAMPERED);
  }

  @Test
  void anotherNightsArchiveUnderThisNamesIsTold() throws Exception {
    var other =
        Zoo.back(Zoo.order(Zoo.source(), Zoo.directory(folder.resolve("other")))).manifest();
    Files.copy(
        folder.resolve("other").resolve(other.archive().key()),
        file,
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(verify(manifest.archive()).why()).isEqualTo(Cause.VERIFY_BYTES);
    try (var walk = Files.walk(folder.resolve("other"))) {
      walk.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
  }

  @Test
  void anArchiveThatIsGoneIsMissing() throws Exception {
    Files.delete(file);
    assertThat(listed().state()).isEqualTo(StoredBackup.State.MISSING);
    assertThatThrownBy(
            () -> new ReadBack(directory, manifest.archive(), Zoo.identities()).counted())
        .extracting("why")
        .isEqualTo(Cause.STORE_READ);
  }
}

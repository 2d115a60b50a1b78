package ca.assistantgazelle.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.assistantgazelle.archive.Keys;
import ca.assistantgazelle.destination.Destination;
import ca.assistantgazelle.dump.Zoo;
import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.manifest.Manifest;
import ca.assistantgazelle.manifest.Shelf;
import ca.assistantgazelle.manifest.StoredBackup;
import ca.assistantgazelle.postgresql.Rows;
import ca.assistantgazelle.postgresql.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreTest {
  @TempDir static Path folder;
  private static Destination directory;
  private static StoredBackup backup;
  private static Source source;

  @BeforeAll
  static void oneBackup() throws Exception {
    source = Zoo.create("origine");
    directory = Zoo.directory(folder);
    Zoo.back(Zoo.order(source, directory));
    backup = new Shelf(directory, Zoo.SEAL).list().getFirst();
  }

  @AfterAll
  static void close() {
    directory.close();
  }

  private static Restore restore() {
    return new Restore(directory, Zoo.identities(), Clock.systemUTC(), line -> {});
  }

  private static RestoreRequest into(String database) {
    return new RestoreRequest(Zoo.server().database(database), List.of(), null, false, null, false);
  }

  private static BackupException refusal(RestoreRequest request) {
    var failure = catchThrowableOfType(BackupException.class, () -> restore().run(backup, request));
    assertThat(failure).isNotNull();
    return failure;
  }

  /** Its manifest says something else than what was stored. */
  private static StoredBackup lying() {
    return new StoredBackup(
        backup.id(),
        backup.folder(),
        backup.takenAt(),
        Manifests.withoutOneRow(backup.manifest(), "public.mere"),
        backup.state(),
        null,
        "L2",
        backup.verifiedAt(),
        null,
        null,
        false,
        null);
  }

  private static long rows(String database, String table) throws Exception {
    try (var session = Zoo.server().database(database).connect()) {
      return Rows.number(session, "select count(*) from " + table);
    }
  }

  private static void execute(String database, String sql) throws Exception {
    try (var session = Zoo.server().database(database).connect()) {
      Rows.execute(session, sql);
    }
  }

  @Test
  void aDatabaseThatHoldsSomethingIsRefused() throws Exception {
    execute("gazelle", "drop database if exists occupee with (force)");
    execute("gazelle", "create database occupee");
    execute("occupee", "create table mienne (a int)");
    var failure = refusal(into("occupee"));
    assertThat(failure.why()).isEqualTo(Cause.RESTORE_REFUSED);
    assertThat(failure).hasMessageContaining("occupee").hasMessageContaining("not empty");
    assertThat(rows("occupee", "mienne")).isZero();
  }

  @Test
  void theSourceIsRefusedUnlessItsNameIsTypedAgain() throws Exception {
    var plain = refusal(into("origine"));
    assertThat(plain.why()).isEqualTo(Cause.RESTORE_REFUSED);
    assertThat(plain.suggestion()).contains("--confirm origine");
    var target = Zoo.server().database("origine");
    assertThat(refusal(new RestoreRequest(target, List.of(), null, true, "origin", false)).why())
        .isEqualTo(Cause.RESTORE_REFUSED);
    assertThat(rows("origine", "public.gazelle_clients")).isEqualTo(4);
  }

  @Test
  void theSourceIsReplacedAndKept() throws Exception {
    var own = Zoo.create("remplacee");
    try (var place = Zoo.directory(folder.resolve("replaced"))) {
      Zoo.back(Zoo.order(own, place));
      var taken = new Shelf(place, Zoo.SEAL).list().getFirst();
      execute("remplacee", "drop table public.vide");
      var report =
          new Restore(place, Zoo.identities(), Clock.systemUTC(), line -> {})
              .run(taken, new RestoreRequest(own, List.of(), null, true, "remplacee", false));
      assertThat(report.differences()).isEmpty();
      assertThat(report.database()).isEqualTo("remplacee");
      assertThat(rows("remplacee", "public.vide")).isZero();
      assertThat(new TargetServer(own).exists("old_" + taken.id())).isTrue();
    }
  }

  @Test
  void rolesThatAreMissingAreMadeWithoutLogin() throws Exception {
    var seen = backup.manifest().roles();
    assertThat(seen).contains("zoo_lecteur", "zoo_authentifie", "Zoo Rôle");
    new TargetServer(Zoo.server()).createRoles(List.of("revenant \"guillemets\""));
    try (var session = Zoo.server().connect()) {
      assertThat(
              Rows.texts(
                  session,
                  "select rolcanlogin::text from pg_roles where rolname = 'revenant \"guillemets\"'"))
          .containsExactly("false");
      Rows.execute(session, "drop role \"revenant \"\"guillemets\"\"\"");
    }
  }

  @Test
  void theWholeArchiveIsVerifiedBeforeTheTargetIsTouched() throws Exception {
    var file = folder.resolve(backup.manifest().archive().key());
    var whole = Files.readAllBytes(file);
    var damaged = whole.clone();
    damaged[damaged.length - 1] ^= 1;
    Files.write(file, damaged);
    try {
      assertThat(refusal(into("jamais")).why()).isEqualTo(Cause.VERIFY_BYTES);
      assertThat(new TargetServer(Zoo.server()).exists("jamais")).isFalse();
    } finally {
      Files.write(file, whole);
    }
  }

  @Test
  void aDifferenceIsTold() throws Exception {
    var server = new TargetServer(Zoo.server());
    var request = into("differente");
    restore().run(backup, request);
    execute("differente", "delete from public.mere where a = 1");
    execute("differente", "alter table public.vide add column b int");
    execute("differente", "drop policy lire on public.gazelle_clients");
    execute("differente", "select setval('public.intouchee', 77)");
    execute(
        "differente",
        "alter table public.gazelle_clients disable trigger all; update public.gazelle_clients set octets = '\\x00' where id = 1");
    assertThat(Restore.differences(backup, server, "differente"))
        .anyMatch(line -> line.startsWith("public.mere: "))
        .contains(
            "public.gazelle_clients: the rows are not the same",
            "sequence public.intouchee does not stand where it did",
            "policies: 1 expected, 0 found")
        .anyMatch(line -> line.startsWith("columns: "));
  }

  @Test
  void aRehearsalDropsItsScratchAndKeepsOneThatDiffers() throws Exception {
    var server = new TargetServer(Zoo.server());
    var drill = new Drill(restore(), Zoo.server(), Clock.systemUTC(), line -> {});
    var result = drill.run(backup);
    assertThat(result.differences()).isEmpty();
    assertThat(server.exists("drill_" + backup.id())).isFalse();
    var lying = lying();
    assertThat(drill.run(lying).differences())
        .containsExactly("public.mere: 0 rows expected, 1 found");
    assertThat(server.exists("drill_" + backup.id())).isTrue();
    assertThat(drill.run(backup).differences()).isEmpty();
    assertThat(server.exists("drill_" + backup.id())).isFalse();
  }

  @Test
  void aRehearsalRemovesOnlyWhatAnOldOneLeft() throws Exception {
    var server = new TargetServer(Zoo.server());
    var ours = Comments.restored("x", List.of("different"), Instant.parse("2020-01-01T00:00:00Z"));
    server.create("drill_20200101T000000Z-abcdef", ours);
    server.create("drill_20200102T000000Z-abcdef", "somebody's");
    server.create("drill_results", ours);
    server.create("drill_20200103T000000Z-abcdef", Comments.underWay("x", Instant.now()));
    try {
      new Drill(restore(), Zoo.server(), Clock.systemUTC(), line -> {}).run(backup);
      assertThat(server.exists("drill_20200101T000000Z-abcdef")).isFalse();
      assertThat(server.exists("drill_20200102T000000Z-abcdef")).isTrue();
      assertThat(server.exists("drill_results")).isTrue();
      assertThat(server.exists("drill_20200103T000000Z-abcdef")).isTrue();
    } finally {
      for (var name :
          List.of(
              "drill_20200102T000000Z-abcdef", "drill_results", "drill_20200103T000000Z-abcdef")) {
        server.drop(name);
      }
    }
  }

  @Test
  void aRehearsalThatAnotherProcessIsAtIsLeftAlone() throws Exception {
    var server = new TargetServer(Zoo.server());
    var name = "drill_" + backup.id();
    server.create(name, Comments.underWay(backup.id(), Instant.now()));
    try {
      var failure =
          catchThrowableOfType(
              BackupException.class,
              () -> new Drill(restore(), Zoo.server(), Clock.systemUTC(), line -> {}).run(backup));
      assertThat(failure.why()).isEqualTo(Cause.DRILL_INCONCLUSIVE);
      assertThat(server.exists(name)).isTrue();
    } finally {
      server.drop(name);
    }
  }

  @Test
  void whatDiffersIsNeutralisedAllTheMore() throws Exception {
    var lying = lying();
    execute("origine", "create table if not exists automation.outbox (sent_at timestamptz)");
    var target = Zoo.server().database("differente_et_neutre");
    var report =
        restore().run(lying, new RestoreRequest(target, List.of(), null, false, null, true));
    assertThat(report.differences()).hasSize(1);
    execute("origine", "drop table automation.outbox");
    try (var session = target.connect()) {
      assertThat(Neutralise.apply(session)).isEmpty();
    }
  }

  @Test
  void copiesOfTablesStandBesideTheLivingOnes() throws Exception {
    Zoo.create("vivante2");
    execute("vivante2", "delete from public.gazelle_clients where id > 1");
    var request =
        new RestoreRequest(
            Zoo.server().database("vivante2"),
            List.of("gazelle_clients", "public.\"Table, avec \"\"guillemets\"\"\""),
            "restored",
            false,
            null,
            false);
    assertThat(restore().tables(backup, request))
        .isEqualTo(
            Map.of("public.gazelle_clients", 4L, "public.\"Table, avec \"\"guillemets\"\"\"", 2L));
    assertThat(rows("vivante2", "restored.gazelle_clients")).isEqualTo(4);
    assertThat(rows("vivante2", "public.gazelle_clients")).isEqualTo(1);
    var again =
        catchThrowableOfType(BackupException.class, () -> restore().tables(backup, request));
    assertThat(again.why()).isEqualTo(Cause.RESTORE_REFUSED);
  }

  @Test
  void aTableOfABackupOfWhichMuchIsNotAskedForIsCopied() throws Exception {
    execute("gazelle", "drop database if exists grande with (force)");
    execute("gazelle", "create database grande");
    execute("grande", "create table public.a_petite as select 1 as n");
    execute(
        "grande",
        "create table public.z_bruit as select gen_random_uuid() a, gen_random_uuid() b from generate_series(1, 60000)");
    var grande = Zoo.server().database("grande");
    var place = folder.resolve("grande");
    try (var elsewhere = Zoo.directory(place)) {
      Zoo.back(Zoo.order(grande, elsewhere));
      var large = new Shelf(elsewhere, Zoo.SEAL).list().getFirst();
      var request = new RestoreRequest(grande, List.of("a_petite"), "restored", false, null, false);
      var copied =
          new Restore(elsewhere, Zoo.identities(), Clock.systemUTC(), line -> {})
              .tables(large, request);
      assertThat(copied).isEqualTo(Map.of("public.a_petite", 1L));
    }
    assertThat(rows("grande", "restored.a_petite")).isEqualTo(1);
  }

  @Test
  void aTableThatIsNotInTheBackupIsRefused() throws IOException {
    var request =
        new RestoreRequest(
            Zoo.server().database("origine"), List.of("inconnue"), "r", false, null, false);
    var failure =
        catchThrowableOfType(BackupException.class, () -> restore().tables(backup, request));
    assertThat(failure.why()).isEqualTo(Cause.RESTORE_REFUSED);
  }

  @Test
  void anExtensionThatTheTargetLacksIsNamedBeforehand() throws Exception {
    var missing =
        new TargetServer(Zoo.server())
            .missingExtensions(List.of(new Manifest.Extension("introuvable", "1", "public")));
    assertThat(missing).containsExactly("introuvable");
  }

  @Test
  void debiansOwnToolsBringItBack() throws Exception {
    execute("gazelle", "drop database if exists a_la_main with (force)");
    execute("gazelle", "create database a_la_main template template0");
    var key = Files.writeString(folder.resolve("key.txt"), Keys.identity(Zoo.KEYS) + "\n");
    var script =
        "set -o pipefail; age -d -i \"$KEY\" \"$ARCHIVE\" | zstd -dc | pg_restore -e --no-owner -d a_la_main";
    var builder = new ProcessBuilder("bash", "-c", script);
    builder.environment().putAll(Zoo.server().environment("by hand"));
    builder.environment().put("KEY", key.toString());
    builder
        .environment()
        .put("ARCHIVE", folder.resolve(backup.manifest().archive().key()).toString());
    var process = builder.redirectErrorStream(true).start();
    var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(words).isZero();
    assertThat(Restore.differences(backup, new TargetServer(Zoo.server()), "a_la_main")).isEmpty();
  }
}

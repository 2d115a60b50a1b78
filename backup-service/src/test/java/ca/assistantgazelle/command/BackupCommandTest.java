package ca.assistantgazelle.command;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.archive.Keys;
import ca.assistantgazelle.destination.Destination;
import ca.assistantgazelle.dump.Zoo;
import ca.assistantgazelle.manifest.Manifest;
import ca.assistantgazelle.postgresql.Rows;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people type, with nothing but the destinations, the private key and a server. */
class BackupCommandTest {
  @TempDir static Path folder;
  private static Destination first;
  private static Destination second;
  private static Manifest manifest;
  private static Path identity;

  @BeforeAll
  static void oneBackupInTwoPlaces() throws Exception {
    first = Zoo.directory(folder.resolve("first"));
    second = Zoo.directory(folder.resolve("second"));
    manifest = Zoo.back(Zoo.order(Zoo.create("commandee"), first, second)).manifest();
    identity = Files.writeString(folder.resolve("identity.txt"), Keys.identity(Zoo.KEYS) + "\n");
  }

  @AfterAll
  static void close() {
    first.close();
    second.close();
  }

  private record Typed(int code, String out, String err) {}

  private static Typed type(String... words) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        BackupCommand.line()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(words);
    return new Typed(code, out.toString(), err.toString());
  }

  private static Typed at(Destination destination, String... words) {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--destination", destination.name(), "--identity", identity.toString()));
    return type(all.toArray(String[]::new));
  }

  private static String url(String database) {
    var server = Zoo.server();
    return "postgresql://gazelle:"
        + server.password()
        + "@127.0.0.1:"
        + server.port()
        + "/"
        + database
        + "?sslmode=disable";
  }

  @Test
  void theListSaysWhatThereIs() {
    var typed = at(first, "list");
    assertThat(typed.code()).isZero();
    assertThat(typed.out()).contains(manifest.id(), "VERIFIED", "L2", first.name());
    assertThat(at(first, "list", "--json").out())
        .contains("\"state\" : \"VERIFIED\"", "\"rows\" : " + manifest.rows());
  }

  @Test
  void aDryRunChangesNothing() throws Exception {
    var typed = at(first, "restore", "--into", url("jamais_vue"), "--dry-run");
    assertThat(typed.code()).as(typed.err()).isZero();
    assertThat(typed.out())
        .contains("jamais_vue", "Nothing was changed", manifest.rows() + " rows");
    assertThat(at(first, "restore", "--into", url("commandee"), "--dry-run").code()).isEqualTo(10);
    try (var session = Zoo.server().connect()) {
      assertThat(
              Rows.texts(session, "select datname from pg_database where datname = 'jamais_vue'"))
          .isEmpty();
    }
  }

  @Test
  void aRestoreEndsWithZeroOnlyWhenEqual() {
    var typed = at(first, "restore", "--into", url("typee"), "--json");
    assertThat(typed.code()).as(typed.err()).isZero();
    assertThat(typed.out()).contains("\"equal\" : true");
    assertThat(typed.err()).contains("is equal to backup");
    assertThat(at(first, "restore", "--into", url("typee")).code()).isEqualTo(10);
    assertThat(first)
        .satisfies(place -> assertThat(place.list(manifest.folder() + "lease")).isEmpty());
  }

  @Test
  void aDamagedCopyIsLeftForTheNextDestinations() throws Exception {
    var file = folder.resolve("first").resolve(manifest.archive().key());
    var whole = Files.readAllBytes(file);
    var damaged = whole.clone();
    damaged[200] ^= 1;
    Files.write(file, damaged);
    try {
      assertThat(at(first, "verify").code()).isEqualTo(20);
      assertThat(at(first, "restore", "--into", url("abimee")).code()).isEqualTo(20);
      var typed =
          type(
              "restore",
              "--destination",
              first.name(),
              "--destination",
              second.name(),
              "--identity",
              identity.toString(),
              "--into",
              url("abimee"));
      assertThat(typed.code()).as(typed.err()).isZero();
      assertThat(typed.out()).contains("Trying the copy at the next destination");
    } finally {
      Files.write(file, whole);
    }
    assertThat(at(first, "verify").code()).isZero();
  }

  @Test
  void backupsOfSeveralDatabasesAreToldApart() throws Exception {
    try (var place = Zoo.directory(folder.resolve("shared"))) {
      Zoo.back(Zoo.order(Zoo.source(), place));
      Zoo.back(Zoo.order(Zoo.server().database("commandee"), place));
      var ambiguous = at(place, "restore", "--into", url("laquelle"), "--dry-run");
      assertThat(ambiguous.code()).isEqualTo(10);
      assertThat(ambiguous.err()).contains("commandee", "zoo", "--of");
      var named = at(place, "restore", "--of", "zoo", "--into", url("laquelle"), "--dry-run");
      assertThat(named.code()).as(named.err()).isZero();
      assertThat(named.out()).contains("of database zoo");
      assertThat(at(place, "retention").out()).contains("shared zoo", "shared commandee");
    }
  }

  @Test
  void theWrongKeyIsTwenty() throws Exception {
    var other =
        Files.writeString(folder.resolve("other.txt"), Keys.identity(Keys.generate()) + "\n");
    var typed =
        type(
            "restore",
            "--destination",
            first.name(),
            "--identity",
            other.toString(),
            "--into",
            url("sans_cle"));
    assertThat(typed.code()).isEqualTo(20);
    assertThat(typed.err()).contains("key.identity").doesNotContain("AGE-SECRET-KEY");
    assertThat(type("restore", "--destination", first.name(), "--into", url("sans_cle")).code())
        .isEqualTo(20);
  }

  @Test
  void whatIsNotThereIsTwenty() throws Exception {
    assertThat(at(first, "restore", "--from", "20200101T000000Z-abcdef").code()).isEqualTo(20);
    assertThat(at(first, "restore", "--from", "before:2020-01-01T00:00:00Z").code()).isEqualTo(20);
    var empty = Zoo.directory(Files.createDirectory(folder.resolve("empty")));
    assertThat(at(empty, "list").out()).contains("There is no backup yet");
    assertThat(at(empty, "verify").code()).isEqualTo(20);
  }

  @Test
  void aPlaceThatCannotBeReadIsNamedAndTheOthersAreListed() {
    var nowhere = Zoo.directory(folder.resolve("nowhere"));
    var typed = at(first, "list", "--destination", nowhere.name());
    assertThat(typed.code()).isEqualTo(20);
    assertThat(typed.out()).contains(manifest.id()).doesNotContain("no backup");
    assertThat(typed.err()).contains("nowhere cannot be read", "is not there");
    var alone = at(nowhere, "list");
    assertThat(alone.code()).isEqualTo(20);
    assertThat(alone.out()).doesNotContain("no backup");
  }

  @Test
  void replacingTheSourceIsNeverTakenForSomethingElse() throws Exception {
    var before = databases();
    assertThat(at(first, "restore", "--into", url(""), "--replace-source").err())
        .contains("Type its name: --confirm commandee");
    for (var words :
        List.of(
            List.of("--into", url(""), "--replace-source", "--confirm", "nope"),
            List.of("--into", url("autre_part"), "--replace-source", "--confirm", "autre_part"),
            List.of("--into", url("autre_part"), "--confirm", "autre_part"))) {
      var all = new ArrayList<>(List.of("restore"));
      all.addAll(words);
      var typed = at(first, all.toArray(String[]::new));
      assertThat(typed.code()).as(words + typed.err()).isEqualTo(10);
    }
    assertThat(databases()).isEqualTo(before);
  }

  private static List<String> databases() throws Exception {
    try (var session = Zoo.server().connect()) {
      return Rows.texts(session, "select datname from pg_database order by 1");
    }
  }

  @Test
  void aServerThatCannotBeReachedIsThirty() {
    assertThat(at(first, "restore", "--into", "postgresql://gazelle:x@127.0.0.1:1/x").code())
        .isEqualTo(30);
  }

  @Test
  void aRehearsalIsNotedBesideTheBackup() {
    var typed = at(second, "drill", "--server", url(""));
    assertThat(typed.code()).as(typed.err()).isZero();
    assertThat(at(second, "list").out()).contains("L3");
  }

  @Test
  void aRestoredDatabaseDoesNotActOnItsOwn() throws Exception {
    try (var session = Zoo.server().database("commandee").connect();
        var place = Zoo.directory(folder.resolve("lively"))) {
      Rows.execute(
          session,
          """
          create table automation.outbox (id int, sent_at timestamptz); insert into automation.outbox values (1, null);
          create table automation.gazelle_token (client_id text); insert into automation.gazelle_token values ('x');
          """);
      Zoo.back(Zoo.order(Zoo.server().database("commandee"), place));
      var typed = at(place, "restore", "--into", url("neutre"));
      assertThat(typed.code()).as(typed.err()).isZero();
      assertThat(typed.out())
          .contains("unsent events → expired: 1", "tokens for Gazelle → removed: 1");
      try (var restored = Zoo.server().database("neutre").connect()) {
        assertThat(
                Rows.number(
                    restored, "select count(*) from automation.outbox where sent_at is null"))
            .isZero();
        assertThat(Rows.number(restored, "select count(*) from automation.gazelle_token")).isZero();
      }
      assertThat(at(place, "restore", "--into", url("vive"), "--no-neutralise").out())
          .doesNotContain("neutralised ");
    }
  }

  @Test
  void aPlanIsCarriedOutOnlyUnderItsHash() {
    assertThat(at(first, "retention").out())
        .contains("keep    " + manifest.id(), "newest verified");
    assertThat(at(first, "retention", "--plan", "000000000000").code()).isEqualTo(10);
    assertThat(at(first, "pin", manifest.id(), "--reason", "kept").code()).isZero();
    assertThat(at(first, "list").out()).contains("(pinned)");
    assertThat(at(first, "pin", manifest.id(), "--off").code()).isZero();
  }

  @Test
  void keysAreMadeOnceAndOnlyTheirOwnerReadsThePrivateOne() throws Exception {
    var keys = folder.resolve("keys");
    assertThat(type("keygen", keys.toString()).code()).isZero();
    assertThat(Files.getPosixFilePermissions(keys.resolve("identity.txt")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Keys.recipients(keys.resolve("recipients.txt"))).hasSize(1);
    assertThat(Keys.identities(keys.resolve("identity.txt"))).hasSize(1);
    assertThat(type("keygen", keys.toString()).code()).isEqualTo(10);
  }

  @Test
  void anAddressOfNoKnownKindIsRefused() {
    for (var address :
        List.of("ftp://x/y", "file:relative", "s3:///x", "git-lfs:///x", "file:///")) {
      assertThat(type("list", "--destination", address).code()).as(address).isEqualTo(10);
    }
  }
}

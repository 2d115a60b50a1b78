package ca.assistantgazelle.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ca.assistantgazelle.archive.Keys;
import ca.assistantgazelle.destination.Destination;
import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.manifest.Shelf;
import ca.assistantgazelle.postgresql.Rows;
import ca.assistantgazelle.postgresql.Source;
import ca.assistantgazelle.postgresql.Tool;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong at the source leaves nothing that could pass for a backup. */
class SourceTroublesTest {
  @TempDir Path folder;
  private Destination directory;

  @BeforeEach
  void begin() {
    directory = Zoo.directory(folder);
  }

  @AfterEach
  void end() {
    directory.close();
  }

  private BackupException failure(Source source) throws Exception {
    var failure =
        catchThrowableOfType(BackupException.class, () -> Zoo.back(Zoo.order(source, directory)));
    assertThat(failure).isNotNull();
    assertThat(failure.suggestion()).isNotBlank();
    assertThat(directory.list("")).isEmpty();
    return failure;
  }

  private static Source with(Source source, String host, int port, String user, String password) {
    return new Source(host, port, source.database(), user, password, "disable");
  }

  @Test
  void nobodyThere() throws Exception {
    var source = Zoo.source();
    assertThat(failure(with(source, "127.0.0.1", 1, "gazelle", "x")).why())
        .isEqualTo(Cause.SOURCE_CONNECT);
  }

  @Test
  void aWrongPasswordIsToldWithoutIt() throws Exception {
    var source = Zoo.source();
    var failure = failure(with(source, source.host(), source.port(), "gazelle", "faux-secret"));
    assertThat(failure.why()).isEqualTo(Cause.SOURCE_AUTH);
    assertThat(failure.toString()).doesNotContain("faux-secret");
  }

  @Test
  void aTransactionPoolerIsRefusedByItsPort() throws Exception {
    var source = Zoo.source();
    assertThat(failure(with(source, source.host(), 6543, "gazelle", "x")).why())
        .isEqualTo(Cause.SOURCE_POOLER);
  }

  @Test
  void aSnapshotThatAnotherSessionDoesNotKnowIsAPoolers() throws Exception {
    var failure =
        catchThrowableOfType(
            BackupException.class,
            () -> Preflight.requireSnapshot(Zoo.source(), "00000099-00000001-1"));
    assertThat(failure.why()).isEqualTo(Cause.SOURCE_POOLER);
  }

  @Test
  void aNewerServerIsRefusedAndBothVersionsAreNamed() {
    assertThatThrownBy(
            () -> Preflight.requireVersion(new Tool(Path.of("pg_dump"), "15.18"), 17, "17.10"))
        .hasMessageContaining("server 17.10, pg_dump 15.18");
  }

  @Test
  void aRoleThatSeesHalfIsRefusedWithTheList() throws Exception {
    var source = Zoo.source();
    try (var session = source.connect()) {
      if (Rows.is(session, "select not exists (select from pg_roles where rolname = 'demi')")) {
        Rows.execute(session, "create role demi login password 'demi'");
      }
      Rows.execute(session, "grant pg_read_all_data to demi");
    }
    var failure = failure(with(source, source.host(), source.port(), "demi", "demi"));
    assertThat(failure.why()).isEqualTo(Cause.SOURCE_PRIVILEGE);
    assertThat(failure)
        .hasMessageContaining("rows of public.gazelle_clients (row-level security)")
        .hasMessageContaining("large object");
    try (var session = source.connect()) {
      Rows.execute(session, "alter role demi bypassrls");
      Rows.execute(session, "revoke pg_read_all_data from demi");
      Rows.execute(session, "grant usage on schema public to demi");
      Rows.execute(session, "grant select on all tables in schema public to demi");
    }
    assertThat(failure(with(source, source.host(), source.port(), "demi", "demi")))
        .hasMessageContaining("automation.boucle")
        .hasMessageContaining("sequence public.invoice_number_seq");
  }

  @Test
  void aSchemaLeftOutOnPurposeStandsInTheManifest() throws Exception {
    var outcome =
        Zoo.back(
            Zoo.order(Zoo.source(), Zoo.identities(), List.of("Étrange \"schéma\""), directory));
    assertThat(outcome.manifest().scope().excluded()).containsExactly("Étrange \"schéma\"");
    assertThat(outcome.manifest().tables()).noneMatch(one -> one.name().contains("interne"));
  }

  @Test
  void aKeyThatDoesNotFitIsFoundBeforeTheDump() throws Exception {
    var other =
        X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(Keys.identity(Keys.generate()));
    var failure =
        catchThrowableOfType(
            BackupException.class,
            () -> Zoo.back(Zoo.order(Zoo.source(), List.of(other), List.of(), directory)));
    assertThat(failure.why()).isEqualTo(Cause.KEY_IDENTITY);
    assertThat(directory.list("")).isEmpty();
  }

  /** The archive's own key serves to read it back: the private key may be far away. */
  @Test
  void withoutAnyPrivateKeyEverythingIsVerifiedNevertheless() throws Exception {
    var outcome = Zoo.back(Zoo.order(Zoo.source(), List.of(), List.of(), directory));
    assertThat(outcome.manifest().verification().level()).isEqualTo("L2");
    assertThat(outcome.published()).containsExactly(directory);
  }

  @Test
  void aKilledPgDumpLeavesNothing() throws Exception {
    duringADump(
        source -> {
          ProcessHandle.current()
              .descendants()
              .filter(process -> process.info().command().orElse("").endsWith("pg_dump"))
              .forEach(ProcessHandle::destroyForcibly);
        },
        Cause.DUMP_EXIT);
  }

  @Test
  void aTerminatedBackendIsNamedWithItsTable() throws Exception {
    var failure =
        duringADump(
            source -> {
              try (var session = source.connect()) {
                Rows.texts(
                    session,
                    "select pg_terminate_backend(pid)::text from pg_stat_activity where application_name = 'gz-backup/run'");
              }
            },
            Cause.DUMP_EXIT);
    assertThat(failure).hasMessageContaining("lente");
  }

  @Test
  void aLockedTableIsNamedWithItsHolder() throws Exception {
    var source = Zoo.create("verrou");
    try (var session = source.connect()) {
      session.setAutoCommit(false);
      Rows.execute(session, "lock table public.vide in access exclusive mode");
      var pid = Rows.text(session, "select pg_backend_pid()");
      var tool = Tool.find("pg_dump");
      try (var snapshot = SnapshotSession.open(source, List.of())) {
        var dump =
            new Dump(source, tool, snapshot, List.of(), Duration.ofSeconds(30)) {
              @Override
              List<String> arguments() {
                return super.arguments().stream()
                    .map(one -> one.replace("timeout=60000", "timeout=300"))
                    .toList();
              }
            };
        assertThatThrownBy(() -> dump.into(OutputStream.nullOutputStream(), "x", bytes -> {}))
            .hasMessageContaining("public.vide by process " + pid)
            .extracting("why")
            .isEqualTo(Cause.SOURCE_LOCK);
      }
    }
  }

  private interface Disturbance {
    void at(Source source) throws SQLException, BackupException;
  }

  // The archive is larger than all buffers on its way, and its destination waits: pg_dump waits
  // too.
  private BackupException duringADump(Disturbance disturbance, Cause expected) throws Exception {
    var source = Zoo.create("lent");
    try (var session = source.connect()) {
      Rows.execute(
          session,
          "create table public.lente as select gen_random_uuid() a, gen_random_uuid() b, gen_random_uuid() c from generate_series(1, 400000)");
    }
    var started = new CompletableFuture<Void>();
    var watcher = new Zoo.Listener(manifest -> {});
    var slow = new SlowDestination(directory, started);
    var running =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return new Backup(Zoo.order(source, slow), Zoo.SEAL, watcher, Clock.systemUTC())
                    .run();
              } catch (Exception e) {
                throw new CompletionException(e);
              }
            });
    started.get();
    disturbance.at(source);
    slow.go();
    var failure = new AtomicReference<Throwable>();
    await()
        .until(
            () -> {
              try {
                running.get();
              } catch (ExecutionException e) {
                failure.set(e.getCause());
              }
              return true;
            });
    assertThat(failure.get()).isInstanceOf(BackupException.class);
    var known = (BackupException) failure.get();
    assertThat(known.why()).as(known.toString()).isEqualTo(expected);
    assertThat(new Shelf(directory, Zoo.SEAL).list()).isEmpty();
    assertThat(directory.list("")).isEmpty();
    return known;
  }

  @Test
  void aRunThatLostItsLeaseWritesNoManifest() throws Exception {
    var lost = new IllegalStateException("another worker has it");
    assertThatThrownBy(
            () ->
                new Backup(
                        Zoo.order(Zoo.source(), directory),
                        Zoo.SEAL,
                        new Zoo.Listener(
                            manifest -> {
                              throw lost;
                            }),
                        Clock.systemUTC())
                    .run())
        .isSameAs(lost);
    assertThat(new Shelf(directory, Zoo.SEAL).list()).isEmpty();
    assertThat(new Shelf(directory, Zoo.SEAL).debris()).hasSize(1);
  }

  @Test
  void whatIsWrittenDuringTheDumpIsNotInIt() throws Exception {
    var source = Zoo.create("vivante");
    var session = source.connect();
    try (session;
        var snapshot = SnapshotSession.open(source, List.of())) {
      var before = snapshot.contents();
      Rows.execute(session, "insert into public.vide select generate_series(1, 500)");
      Rows.texts(session, "select nextval('public.invoice_number_seq')");
      assertThat(snapshot.contents().tables()).isEqualTo(before.tables());
    }
  }
}

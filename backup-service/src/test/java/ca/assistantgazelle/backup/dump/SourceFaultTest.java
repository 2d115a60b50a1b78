package ca.assistantgazelle.backup.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ca.assistantgazelle.backup.archive.AgeEncryptionKeys;
import ca.assistantgazelle.backup.destination.BackupDestination;
import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.manifest.BackupRepository;
import ca.assistantgazelle.backup.postgresql.DatabaseAddress;
import ca.assistantgazelle.backup.postgresql.JdbcQueries;
import ca.assistantgazelle.backup.postgresql.PostgresClientTool;
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

/** A failure at the source leaves nothing that looks like a backup. */
class SourceFaultTest {
    @TempDir
    Path folder;

    private BackupDestination directory;

    @BeforeEach
    void begin() {
        directory = SampleDatabase.directory(folder);
    }

    @AfterEach
    void end() {
        directory.close();
    }

    private BackupException failure(DatabaseAddress source) throws Exception {
        var failure = catchThrowableOfType(
                BackupException.class, () -> SampleDatabase.runBackup(SampleDatabase.spec(source, directory)));
        assertThat(failure).isNotNull();
        assertThat(failure.suggestion()).isNotBlank();
        assertThat(directory.list("")).isEmpty();
        return failure;
    }

    private static DatabaseAddress with(DatabaseAddress source, String host, int port, String user, String password) {
        return new DatabaseAddress(host, port, source.database(), user, password, "disable");
    }

    @Test
    void anUnreachableServerIsReported() throws Exception {
        var source = SampleDatabase.source();
        assertThat(failure(with(source, "127.0.0.1", 1, "gazelle", "x")).errorClass())
                .isEqualTo(BackupErrorClass.SOURCE_CONNECT);
    }

    @Test
    void aWrongPasswordIsReportedWithoutThePassword() throws Exception {
        var source = SampleDatabase.source();
        var failure = failure(with(source, source.host(), source.port(), "gazelle", "faux-secret"));
        assertThat(failure.errorClass()).isEqualTo(BackupErrorClass.SOURCE_AUTH);
        assertThat(failure.toString()).doesNotContain("faux-secret");
    }

    @Test
    void aTransactionPoolerIsRefusedByItsPort() throws Exception {
        var source = SampleDatabase.source();
        assertThat(failure(with(source, source.host(), 6543, "gazelle", "x")).errorClass())
                .isEqualTo(BackupErrorClass.SOURCE_POOLER);
    }

    @Test
    void anUnknownSnapshotIndicatesAPooler() throws Exception {
        var failure = catchThrowableOfType(
                BackupException.class,
                () -> BackupPreflight.requireSnapshot(SampleDatabase.source(), "00000099-00000001-1"));
        assertThat(failure.errorClass()).isEqualTo(BackupErrorClass.SOURCE_POOLER);
    }

    @Test
    void aNewerServerIsRefusedWithBothVersions() {
        assertThatThrownBy(() -> BackupPreflight.requireVersion(
                        new PostgresClientTool(Path.of("pg_dump"), "15.18"), 17, "17.10"))
                .hasMessageContaining("server 17.10, pg_dump 15.18");
    }

    @Test
    void aRoleWithoutFullAccessIsRefusedWithTheList() throws Exception {
        var source = SampleDatabase.source();
        try (var session = source.connect()) {
            if (JdbcQueries.queryBoolean(session, "select not exists (select from pg_roles where rolname = 'demi')")) {
                JdbcQueries.execute(session, "create role demi login password 'demi'");
            }
            JdbcQueries.execute(session, "grant pg_read_all_data to demi");
        }
        var failure = failure(with(source, source.host(), source.port(), "demi", "demi"));
        assertThat(failure.errorClass()).isEqualTo(BackupErrorClass.SOURCE_PRIVILEGE);
        assertThat(failure)
                .hasMessageContaining("rows of public.gazelle_clients (row-level security)")
                .hasMessageContaining("large object");
        try (var session = source.connect()) {
            JdbcQueries.execute(session, "alter role demi bypassrls");
            JdbcQueries.execute(session, "revoke pg_read_all_data from demi");
            JdbcQueries.execute(session, "grant usage on schema public to demi");
            JdbcQueries.execute(session, "grant select on all tables in schema public to demi");
        }
        assertThat(failure(with(source, source.host(), source.port(), "demi", "demi")))
                .hasMessageContaining("automation.boucle")
                .hasMessageContaining("sequence public.invoice_number_seq");
    }

    @Test
    void excludedSchemasAreListedInTheManifest() throws Exception {
        var outcome = SampleDatabase.runBackup(SampleDatabase.spec(
                SampleDatabase.source(), SampleDatabase.identities(), List.of("Étrange \"schéma\""), directory));
        assertThat(outcome.manifest().scope().excluded()).containsExactly("Étrange \"schéma\"");
        assertThat(outcome.manifest().tables()).noneMatch(one -> one.name().contains("interne"));
    }

    @Test
    void aMismatchedKeyIsDetectedBeforeTheDump() throws Exception {
        var other = X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(
                AgeEncryptionKeys.identity(AgeEncryptionKeys.generate()));
        var failure = catchThrowableOfType(
                BackupException.class,
                () -> SampleDatabase.runBackup(
                        SampleDatabase.spec(SampleDatabase.source(), List.of(other), List.of(), directory)));
        assertThat(failure.errorClass()).isEqualTo(BackupErrorClass.KEY_IDENTITY);
        assertThat(directory.list("")).isEmpty();
    }

    /** The archive is read back with its own file key, without any private key. */
    @Test
    void everythingIsVerifiedWithoutAPrivateKey() throws Exception {
        var outcome =
                SampleDatabase.runBackup(SampleDatabase.spec(SampleDatabase.source(), List.of(), List.of(), directory));
        assertThat(outcome.manifest().verification().level()).isEqualTo("L2");
        assertThat(outcome.published()).containsExactly(directory);
    }

    @Test
    void aKilledPgDumpLeavesNothing() throws Exception {
        faultDuringDump(
                source -> {
                    ProcessHandle.current()
                            .descendants()
                            .filter(process ->
                                    process.info().command().orElse("").endsWith("pg_dump"))
                            .forEach(ProcessHandle::destroyForcibly);
                },
                BackupErrorClass.DUMP_EXIT);
    }

    @Test
    void aTerminatedBackendIsReportedWithItsTable() throws Exception {
        var failure = faultDuringDump(
                source -> {
                    try (var session = source.connect()) {
                        JdbcQueries.queryStrings(
                                session,
                                "select pg_terminate_backend(pid)::text from pg_stat_activity where application_name = 'gz-backup/run'");
                    }
                },
                BackupErrorClass.DUMP_EXIT);
        assertThat(failure).hasMessageContaining("lente");
    }

    @Test
    void aLockedTableIsReportedWithItsHolder() throws Exception {
        var source = SampleDatabase.create("verrou");
        try (var session = source.connect()) {
            session.setAutoCommit(false);
            JdbcQueries.execute(session, "lock table public.vide in access exclusive mode");
            var pid = JdbcQueries.queryString(session, "select pg_backend_pid()");
            var tool = PostgresClientTool.find("pg_dump");
            try (var snapshot = SnapshotSession.open(source, List.of())) {
                var dump = new PgDump(source, tool, snapshot, List.of(), Duration.ofSeconds(30)) {
                    @Override
                    List<String> arguments() {
                        return super.arguments().stream()
                                .map(one -> one.replace("timeout=60000", "timeout=300"))
                                .toList();
                    }
                };
                assertThatThrownBy(() -> dump.writeTo(OutputStream.nullOutputStream(), "x", bytes -> {}))
                        .hasMessageContaining("public.vide by process " + pid)
                        .extracting("errorClass")
                        .isEqualTo(BackupErrorClass.SOURCE_LOCK);
            }
        }
    }

    private interface SourceFault {
        void apply(DatabaseAddress source) throws SQLException, BackupException;
    }

    // The archive exceeds all buffers and its destination blocks, so pg_dump blocks too.
    private BackupException faultDuringDump(SourceFault disturbance, BackupErrorClass expected) throws Exception {
        var source = SampleDatabase.create("lent");
        try (var session = source.connect()) {
            JdbcQueries.execute(
                    session,
                    "create table public.lente as select gen_random_uuid() a, gen_random_uuid() b, gen_random_uuid() c from generate_series(1, 400000)");
        }
        var started = new CompletableFuture<Void>();
        var watcher = new SampleDatabase.RecordingBackupListener(manifest -> {});
        var slow = new SlowDestination(directory, started);
        var running = CompletableFuture.supplyAsync(() -> {
            try {
                return new BackupPipeline(
                                SampleDatabase.spec(source, slow), SampleDatabase.SEAL, watcher, Clock.systemUTC())
                        .run();
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
        started.get();
        disturbance.apply(source);
        slow.release();
        var failure = new AtomicReference<Throwable>();
        await().until(() -> {
            try {
                running.get();
            } catch (ExecutionException e) {
                failure.set(e.getCause());
            }
            return true;
        });
        assertThat(failure.get()).isInstanceOf(BackupException.class);
        var known = (BackupException) failure.get();
        assertThat(known.errorClass()).as(known.toString()).isEqualTo(expected);
        assertThat(new BackupRepository(directory, SampleDatabase.SEAL).list()).isEmpty();
        assertThat(directory.list("")).isEmpty();
        return known;
    }

    @Test
    void aRunThatLostItsLeaseWritesNoManifest() throws Exception {
        var lost = new IllegalStateException("the lease belongs to another worker");
        assertThatThrownBy(() -> new BackupPipeline(
                                SampleDatabase.spec(SampleDatabase.source(), directory),
                                SampleDatabase.SEAL,
                                new SampleDatabase.RecordingBackupListener(manifest -> {
                                    throw lost;
                                }),
                                Clock.systemUTC())
                        .run())
                .isSameAs(lost);
        assertThat(new BackupRepository(directory, SampleDatabase.SEAL).list()).isEmpty();
        assertThat(new BackupRepository(directory, SampleDatabase.SEAL).orphans())
                .hasSize(1);
    }

    @Test
    void changesDuringTheDumpAreNotIncluded() throws Exception {
        var source = SampleDatabase.create("vivante");
        var session = source.connect();
        try (session;
                var snapshot = SnapshotSession.open(source, List.of())) {
            var before = snapshot.contents();
            JdbcQueries.execute(session, "insert into public.vide select generate_series(1, 500)");
            JdbcQueries.queryStrings(session, "select nextval('public.invoice_number_seq')");
            assertThat(snapshot.contents().tables()).isEqualTo(before.tables());
        }
    }
}

package ca.assistantgazelle.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.assistantgazelle.backup.archive.AgeEncryptionKeys;
import ca.assistantgazelle.backup.destination.BackupDestination;
import ca.assistantgazelle.backup.dump.SampleDatabase;
import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.manifest.BackupManifest;
import ca.assistantgazelle.backup.manifest.BackupRepository;
import ca.assistantgazelle.backup.manifest.StoredBackup;
import ca.assistantgazelle.backup.postgresql.DatabaseAddress;
import ca.assistantgazelle.backup.postgresql.JdbcQueries;
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

class DatabaseRestoreTest {
    @TempDir
    static Path folder;

    private static BackupDestination directory;
    private static StoredBackup backup;
    private static DatabaseAddress source;

    @BeforeAll
    static void createBackup() throws Exception {
        source = SampleDatabase.create("origine");
        directory = SampleDatabase.directory(folder);
        SampleDatabase.runBackup(SampleDatabase.spec(source, directory));
        backup = new BackupRepository(directory, SampleDatabase.SEAL).list().getFirst();
    }

    @AfterAll
    static void close() {
        directory.close();
    }

    private static DatabaseRestore restore() {
        return new DatabaseRestore(directory, SampleDatabase.identities(), Clock.systemUTC(), line -> {});
    }

    private static RestoreRequest into(String database) {
        return new RestoreRequest(SampleDatabase.server().database(database), List.of(), null, false, null, false);
    }

    private static BackupException refusal(RestoreRequest request) {
        var failure =
                catchThrowableOfType(BackupException.class, () -> restore().run(backup, request));
        assertThat(failure).isNotNull();
        return failure;
    }

    /** A backup whose manifest does not match its archive. */
    private static StoredBackup backupWithWrongManifest() {
        return withWrongManifest(backup);
    }

    private static StoredBackup withWrongManifest(StoredBackup backup) {
        return new StoredBackup(
                backup.id(),
                backup.folder(),
                backup.takenAt(),
                ManifestFixtures.withoutOneRow(backup.manifest(), "public.mere"),
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
        try (var session = SampleDatabase.server().database(database).connect()) {
            return JdbcQueries.queryLong(session, "select count(*) from " + table);
        }
    }

    private static void execute(String database, String sql) throws Exception {
        try (var session = SampleDatabase.server().database(database).connect()) {
            JdbcQueries.execute(session, sql);
        }
    }

    @Test
    void aNonEmptyDatabaseIsRefused() throws Exception {
        execute("gazelle", "drop database if exists occupee with (force)");
        execute("gazelle", "create database occupee");
        execute("occupee", "create table mienne (a int)");
        var failure = refusal(into("occupee"));
        assertThat(failure.errorClass()).isEqualTo(BackupErrorClass.RESTORE_REFUSED);
        assertThat(failure).hasMessageContaining("occupee").hasMessageContaining("not empty");
        assertThat(rows("occupee", "mienne")).isZero();
    }

    @Test
    void theSourceIsRefusedUnlessConfirmed() throws Exception {
        var plain = refusal(into("origine"));
        assertThat(plain.errorClass()).isEqualTo(BackupErrorClass.RESTORE_REFUSED);
        assertThat(plain.suggestion()).contains("--confirm origine");
        var target = SampleDatabase.server().database("origine");
        assertThat(refusal(new RestoreRequest(target, List.of(), null, true, "origin", false))
                        .errorClass())
                .isEqualTo(BackupErrorClass.RESTORE_REFUSED);
        assertThat(rows("origine", "public.gazelle_clients")).isEqualTo(4);
    }

    @Test
    void theSourceIsReplacedAndKept() throws Exception {
        var own = SampleDatabase.create("remplacee");
        try (var place = SampleDatabase.directory(folder.resolve("replaced"))) {
            SampleDatabase.runBackup(SampleDatabase.spec(own, place));
            var taken = new BackupRepository(place, SampleDatabase.SEAL).list().getFirst();
            execute("remplacee", "drop table public.vide");
            var report = new DatabaseRestore(place, SampleDatabase.identities(), Clock.systemUTC(), line -> {})
                    .run(taken, new RestoreRequest(own, List.of(), null, true, "remplacee", false));
            assertThat(report.differences()).isEmpty();
            assertThat(report.database()).isEqualTo("remplacee");
            assertThat(rows("remplacee", "public.vide")).isZero();
            assertThat(new RestoreTargetServer(own).exists("old_" + taken.id())).isTrue();
        }
    }

    @Test
    void missingRolesAreCreatedWithoutLogin() throws Exception {
        var seen = backup.manifest().roles();
        assertThat(seen).contains("zoo_lecteur", "zoo_authentifie", "Zoo Rôle");
        new RestoreTargetServer(SampleDatabase.server()).createRoles(List.of("revenant \"guillemets\""));
        try (var session = SampleDatabase.server().connect()) {
            assertThat(JdbcQueries.queryStrings(
                            session,
                            "select rolcanlogin::text from pg_roles where rolname = 'revenant \"guillemets\"'"))
                    .containsExactly("false");
            JdbcQueries.execute(session, "drop role \"revenant \"\"guillemets\"\"\"");
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
            assertThat(refusal(into("jamais")).errorClass()).isEqualTo(BackupErrorClass.VERIFY_BYTES);
            assertThat(new RestoreTargetServer(SampleDatabase.server()).exists("jamais"))
                    .isFalse();
        } finally {
            Files.write(file, whole);
        }
    }

    @Test
    void differencesAreReported() throws Exception {
        var server = new RestoreTargetServer(SampleDatabase.server());
        var request = into("differente");
        restore().run(backup, request);
        execute("differente", "delete from public.mere where a = 1");
        execute("differente", "alter table public.vide add column b int");
        execute("differente", "drop policy lire on public.gazelle_clients");
        execute("differente", "select setval('public.intouchee', 77)");
        execute(
                "differente",
                "alter table public.gazelle_clients disable trigger all; update public.gazelle_clients set octets = '\\x00' where id = 1");
        assertThat(DatabaseRestore.differences(backup, server, "differente"))
                .anyMatch(line -> line.startsWith("public.mere: "))
                .contains(
                        "public.gazelle_clients: row contents differ",
                        "sequence public.intouchee has a different value",
                        "policies: 1 expected, 0 found")
                .anyMatch(line -> line.startsWith("columns: "));
    }

    @Test
    void aDrillDropsItsScratchDatabaseUnlessItDiffers() throws Exception {
        var server = new RestoreTargetServer(SampleDatabase.server());
        var drill = new RestoreDrill(restore(), SampleDatabase.server(), Clock.systemUTC(), line -> {});
        var result = drill.run(backup);
        assertThat(result.differences()).isEmpty();
        assertThat(server.exists("drill_" + backup.id())).isFalse();
        var lying = backupWithWrongManifest();
        assertThat(drill.run(lying).differences()).containsExactly("public.mere: 0 rows expected, 1 found");
        assertThat(server.exists("drill_" + backup.id())).isTrue();
        assertThat(drill.run(backup).differences()).isEmpty();
        assertThat(server.exists("drill_" + backup.id())).isFalse();
    }

    @Test
    void aDrillRemovesOnlyExpiredScratchDatabases() throws Exception {
        var server = new RestoreTargetServer(SampleDatabase.server());
        var ours = DatabaseComments.restored("x", List.of("different"), Instant.parse("2020-01-01T00:00:00Z"));
        server.create("drill_20200101T000000Z-abcdef", ours);
        server.create("drill_20200102T000000Z-abcdef", "not a restore");
        server.create("drill_results", ours);
        server.create("drill_20200103T000000Z-abcdef", DatabaseComments.inProgress("x", Instant.now()));
        try {
            new RestoreDrill(restore(), SampleDatabase.server(), Clock.systemUTC(), line -> {}).run(backup);
            assertThat(server.exists("drill_20200101T000000Z-abcdef")).isFalse();
            assertThat(server.exists("drill_20200102T000000Z-abcdef")).isTrue();
            assertThat(server.exists("drill_results")).isTrue();
            assertThat(server.exists("drill_20200103T000000Z-abcdef")).isTrue();
        } finally {
            for (var name :
                    List.of("drill_20200102T000000Z-abcdef", "drill_results", "drill_20200103T000000Z-abcdef")) {
                server.drop(name);
            }
        }
    }

    @Test
    void aDrillInProgressIsNotDisturbed() throws Exception {
        var server = new RestoreTargetServer(SampleDatabase.server());
        var name = "drill_" + backup.id();
        server.create(name, DatabaseComments.inProgress(backup.id(), Instant.now()));
        try {
            var failure = catchThrowableOfType(
                    BackupException.class,
                    () -> new RestoreDrill(restore(), SampleDatabase.server(), Clock.systemUTC(), line -> {})
                            .run(backup));
            assertThat(failure.errorClass()).isEqualTo(BackupErrorClass.DRILL_INCONCLUSIVE);
            assertThat(server.exists(name)).isTrue();
        } finally {
            server.drop(name);
        }
    }

    @Test
    void aDifferingRestoreIsQuiescedToo() throws Exception {
        var lively = SampleDatabase.create("active");
        execute("active", """
                create schema if not exists automation;
                create table automation.quiesced (at timestamptz);
                create function automation.quiesce() returns setof text language sql volatile as
                  $$ insert into automation.quiesced values (now()); select 'timetables → paused: 1' $$
                """);
        var target = SampleDatabase.server().database("differente_et_neutre");
        try (var place = SampleDatabase.directory(folder.resolve("active"))) {
            SampleDatabase.runBackup(SampleDatabase.spec(lively, place));
            var stored = new BackupRepository(place, SampleDatabase.SEAL).list().getFirst();
            var report = new DatabaseRestore(place, SampleDatabase.identities(), Clock.systemUTC(), line -> {})
                    .run(withWrongManifest(stored), new RestoreRequest(target, List.of(), null, false, null, true));
            assertThat(report.differences()).hasSize(1);
            assertThat(report.neutralised()).containsExactly("timetables → paused: 1");
        }
        try (var session = target.connect()) {
            assertThat(JdbcQueries.queryLong(session, "select count(*) from automation.quiesced"))
                    .isOne();
        }
    }

    @Test
    void tableCopiesAreRestoredIntoTheirOwnSchema() throws Exception {
        SampleDatabase.create("vivante2");
        execute("vivante2", "delete from public.gazelle_clients where id > 1");
        var request = new RestoreRequest(
                SampleDatabase.server().database("vivante2"),
                List.of("gazelle_clients", "public.\"Table, avec \"\"guillemets\"\"\""),
                "restored",
                false,
                null,
                false);
        assertThat(restore().restoreTables(backup, request))
                .isEqualTo(Map.of("public.gazelle_clients", 4L, "public.\"Table, avec \"\"guillemets\"\"\"", 2L));
        assertThat(rows("vivante2", "restored.gazelle_clients")).isEqualTo(4);
        assertThat(rows("vivante2", "public.gazelle_clients")).isEqualTo(1);
        var again = catchThrowableOfType(BackupException.class, () -> restore().restoreTables(backup, request));
        assertThat(again.errorClass()).isEqualTo(BackupErrorClass.RESTORE_REFUSED);
    }

    @Test
    void aSmallTableOfALargeBackupIsCopied() throws Exception {
        execute("gazelle", "drop database if exists grande with (force)");
        execute("gazelle", "create database grande");
        execute("grande", "create table public.a_petite as select 1 as n");
        execute(
                "grande",
                "create table public.z_bruit as select gen_random_uuid() a, gen_random_uuid() b from generate_series(1, 60000)");
        var grande = SampleDatabase.server().database("grande");
        var place = folder.resolve("grande");
        try (var elsewhere = SampleDatabase.directory(place)) {
            SampleDatabase.runBackup(SampleDatabase.spec(grande, elsewhere));
            var large =
                    new BackupRepository(elsewhere, SampleDatabase.SEAL).list().getFirst();
            var request = new RestoreRequest(grande, List.of("a_petite"), "restored", false, null, false);
            var copied = new DatabaseRestore(elsewhere, SampleDatabase.identities(), Clock.systemUTC(), line -> {})
                    .restoreTables(large, request);
            assertThat(copied).isEqualTo(Map.of("public.a_petite", 1L));
        }
        assertThat(rows("grande", "restored.a_petite")).isEqualTo(1);
    }

    @Test
    void anUnknownTableIsRefused() throws IOException {
        var request = new RestoreRequest(
                SampleDatabase.server().database("origine"), List.of("inconnue"), "r", false, null, false);
        var failure =
                catchThrowableOfType(BackupException.class, () -> restore().restoreTables(backup, request));
        assertThat(failure.errorClass()).isEqualTo(BackupErrorClass.RESTORE_REFUSED);
    }

    @Test
    void missingExtensionsAreReported() throws Exception {
        var missing = new RestoreTargetServer(SampleDatabase.server())
                .missingExtensions(List.of(new BackupManifest.RequiredExtension("introuvable", "1", "public")));
        assertThat(missing).containsExactly("introuvable");
    }

    @Test
    void debianToolsRestoreTheArchive() throws Exception {
        execute("gazelle", "drop database if exists a_la_main with (force)");
        execute("gazelle", "create database a_la_main template template0");
        var key = Files.writeString(folder.resolve("key.txt"), AgeEncryptionKeys.identity(SampleDatabase.KEYS) + "\n");
        var script =
                "set -o pipefail; age -d -i \"$KEY\" \"$ARCHIVE\" | zstd -dc | pg_restore -e --no-owner -d a_la_main";
        var builder = new ProcessBuilder("bash", "-c", script);
        builder.environment().putAll(SampleDatabase.server().environment("by hand"));
        builder.environment().put("KEY", key.toString());
        builder.environment()
                .put(
                        "ARCHIVE",
                        folder.resolve(backup.manifest().archive().key()).toString());
        var process = builder.redirectErrorStream(true).start();
        var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(words).isZero();
        assertThat(DatabaseRestore.differences(backup, new RestoreTargetServer(SampleDatabase.server()), "a_la_main"))
                .isEmpty();
    }
}

package ca.assistantgazelle.backup.command;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.backup.archive.AgeEncryptionKeys;
import ca.assistantgazelle.backup.destination.BackupDestination;
import ca.assistantgazelle.backup.dump.SampleDatabase;
import ca.assistantgazelle.backup.manifest.BackupManifest;
import ca.assistantgazelle.backup.postgresql.JdbcQueries;
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

/** Runs the commands with only the destinations, the private key and a server. */
class BackupCommandTest {
    @TempDir
    static Path folder;

    private static BackupDestination first;
    private static BackupDestination second;
    private static BackupManifest manifest;
    private static Path identity;

    @BeforeAll
    static void createBackupAtTwoDestinations() throws Exception {
        first = SampleDatabase.directory(folder.resolve("first"));
        second = SampleDatabase.directory(folder.resolve("second"));
        manifest = SampleDatabase.runBackup(SampleDatabase.spec(SampleDatabase.create("commandee"), first, second))
                .manifest();
        identity = Files.writeString(
                folder.resolve("identity.txt"), AgeEncryptionKeys.identity(SampleDatabase.KEYS) + "\n");
    }

    @AfterAll
    static void close() {
        first.close();
        second.close();
    }

    private record BackupCommandResult(int code, String out, String err) {}

    private static BackupCommandResult execute(String... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = BackupCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
        return new BackupCommandResult(code, out.toString(), err.toString());
    }

    private static BackupCommandResult executeAt(BackupDestination destination, String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--destination", destination.name(), "--identity", identity.toString()));
        return execute(all.toArray(String[]::new));
    }

    private static String url(String database) {
        var server = SampleDatabase.server();
        return "postgresql://gazelle:"
                + server.password()
                + "@127.0.0.1:"
                + server.port()
                + "/"
                + database
                + "?sslmode=disable";
    }

    @Test
    void theListShowsStateAndDestination() {
        var typed = executeAt(first, "list");
        assertThat(typed.code()).isZero();
        assertThat(typed.out()).contains(manifest.id(), "VERIFIED", "L2", first.name());
        assertThat(executeAt(first, "list", "--json").out())
                .contains("\"state\" : \"VERIFIED\"", "\"rows\" : " + manifest.totalRows());
    }

    @Test
    void aDryRunChangesNothing() throws Exception {
        var typed = executeAt(first, "restore", "--into", url("jamais_vue"), "--dry-run");
        assertThat(typed.code()).as(typed.err()).isZero();
        assertThat(typed.out()).contains("jamais_vue", "Nothing was changed", manifest.totalRows() + " rows");
        assertThat(executeAt(first, "restore", "--into", url("commandee"), "--dry-run")
                        .code())
                .isEqualTo(10);
        try (var session = SampleDatabase.server().connect()) {
            assertThat(JdbcQueries.queryStrings(
                            session, "select datname from pg_database where datname = 'jamais_vue'"))
                    .isEmpty();
        }
    }

    @Test
    void aRestoreExitsWithZeroOnlyWhenEqual() {
        var typed = executeAt(first, "restore", "--into", url("typee"), "--json");
        assertThat(typed.code()).as(typed.err()).isZero();
        assertThat(typed.out()).contains("\"equal\" : true");
        assertThat(typed.err()).contains("is equal to backup");
        assertThat(executeAt(first, "restore", "--into", url("typee")).code()).isEqualTo(10);
        assertThat(first)
                .satisfies(place ->
                        assertThat(place.list(manifest.folder() + "lease")).isEmpty());
    }

    @Test
    void aDamagedCopyIsReplacedByTheNextDestinations() throws Exception {
        var file = folder.resolve("first").resolve(manifest.archive().key());
        var whole = Files.readAllBytes(file);
        var damaged = whole.clone();
        damaged[200] ^= 1;
        Files.write(file, damaged);
        try {
            assertThat(executeAt(first, "verify").code()).isEqualTo(20);
            assertThat(executeAt(first, "restore", "--into", url("abimee")).code())
                    .isEqualTo(20);
            var typed = execute(
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
        assertThat(executeAt(first, "verify").code()).isZero();
    }

    @Test
    void backupsOfSeveralDatabasesAreDistinguished() throws Exception {
        try (var place = SampleDatabase.directory(folder.resolve("shared"))) {
            SampleDatabase.runBackup(SampleDatabase.spec(SampleDatabase.source(), place));
            SampleDatabase.runBackup(SampleDatabase.spec(SampleDatabase.server().database("commandee"), place));
            var ambiguous = executeAt(place, "restore", "--into", url("laquelle"), "--dry-run");
            assertThat(ambiguous.code()).isEqualTo(10);
            assertThat(ambiguous.err()).contains("commandee", "zoo", "--of");
            var named = executeAt(place, "restore", "--of", "zoo", "--into", url("laquelle"), "--dry-run");
            assertThat(named.code()).as(named.err()).isZero();
            assertThat(named.out()).contains("of database zoo");
            assertThat(executeAt(place, "retention").out()).contains("shared zoo", "shared commandee");
        }
    }

    @Test
    void theWrongKeyExitsWith20() throws Exception {
        var other = Files.writeString(
                folder.resolve("other.txt"), AgeEncryptionKeys.identity(AgeEncryptionKeys.generate()) + "\n");
        var typed = execute(
                "restore", "--destination", first.name(), "--identity", other.toString(), "--into", url("sans_cle"));
        assertThat(typed.code()).isEqualTo(20);
        assertThat(typed.err()).contains("key.identity").doesNotContain("AGE-SECRET-KEY");
        assertThat(execute("restore", "--destination", first.name(), "--into", url("sans_cle"))
                        .code())
                .isEqualTo(20);
    }

    @Test
    void aMissingBackupExitsWith20() throws Exception {
        assertThat(executeAt(first, "restore", "--from", "20200101T000000Z-abcdef")
                        .code())
                .isEqualTo(20);
        assertThat(executeAt(first, "restore", "--from", "before:2020-01-01T00:00:00Z")
                        .code())
                .isEqualTo(20);
        var empty = SampleDatabase.directory(Files.createDirectory(folder.resolve("empty")));
        assertThat(executeAt(empty, "list").out()).contains("No backups found");
        assertThat(executeAt(empty, "verify").code()).isEqualTo(20);
    }

    @Test
    void anUnreadableDestinationIsReportedAndTheOthersAreListed() {
        var nowhere = SampleDatabase.directory(folder.resolve("nowhere"));
        var typed = executeAt(first, "list", "--destination", nowhere.name());
        assertThat(typed.code()).isEqualTo(20);
        assertThat(typed.out()).contains(manifest.id()).doesNotContain("No backups");
        assertThat(typed.err()).contains("nowhere is not readable", "does not exist");
        var alone = executeAt(nowhere, "list");
        assertThat(alone.code()).isEqualTo(20);
        assertThat(alone.out()).doesNotContain("No backups");
    }

    @Test
    void replacingTheSourceRequiresConsistentOptions() throws Exception {
        var before = databases();
        assertThat(executeAt(first, "restore", "--into", url(""), "--replace-source")
                        .err())
                .contains("Type its name: --confirm commandee");
        for (var words : List.of(
                List.of("--into", url(""), "--replace-source", "--confirm", "nope"),
                List.of("--into", url("autre_part"), "--replace-source", "--confirm", "autre_part"),
                List.of("--into", url("autre_part"), "--confirm", "autre_part"))) {
            var all = new ArrayList<>(List.of("restore"));
            all.addAll(words);
            var typed = executeAt(first, all.toArray(String[]::new));
            assertThat(typed.code()).as(words + typed.err()).isEqualTo(10);
        }
        assertThat(databases()).isEqualTo(before);
    }

    private static List<String> databases() throws Exception {
        try (var session = SampleDatabase.server().connect()) {
            return JdbcQueries.queryStrings(session, "select datname from pg_database order by 1");
        }
    }

    @Test
    void anUnreachableServerExitsWith30() {
        assertThat(executeAt(first, "restore", "--into", "postgresql://gazelle:x@127.0.0.1:1/x")
                        .code())
                .isEqualTo(30);
    }

    @Test
    void aDrillIsRecordedWithTheBackup() {
        var typed = executeAt(second, "drill", "--server", url(""));
        assertThat(typed.code()).as(typed.err()).isZero();
        assertThat(executeAt(second, "list").out()).contains("L3");
    }

    @Test
    void aRestoredDatabaseIsQuiesced() throws Exception {
        try (var session = SampleDatabase.server().database("commandee").connect();
                var place = SampleDatabase.directory(folder.resolve("lively"))) {
            JdbcQueries.execute(session, """
                    create table automation.outbox (id int, sent_at timestamptz); insert into automation.outbox values (1, null);
                    create function automation.quiesce() returns setof text language sql volatile as
                      $$ update automation.outbox set sent_at = now() returning 'unsent events → expired: ' || id $$;
                    """);
            SampleDatabase.runBackup(SampleDatabase.spec(SampleDatabase.server().database("commandee"), place));
            var typed = executeAt(place, "restore", "--into", url("neutre"));
            assertThat(typed.code()).as(typed.err()).isZero();
            assertThat(typed.out()).contains("unsent events → expired: 1");
            try (var restored = SampleDatabase.server().database("neutre").connect()) {
                assertThat(JdbcQueries.queryLong(
                                restored, "select count(*) from automation.outbox where sent_at is null"))
                        .isZero();
            }
            assertThat(executeAt(place, "restore", "--into", url("vive"), "--no-neutralise")
                            .out())
                    .doesNotContain("neutralised ");
        }
    }

    @Test
    void aRetentionPlanIsAppliedOnlyByItsHash() {
        assertThat(executeAt(first, "retention").out()).contains("keep    " + manifest.id(), "newest verified");
        assertThat(executeAt(first, "retention", "--plan", "000000000000").code())
                .isEqualTo(10);
        assertThat(executeAt(first, "pin", manifest.id(), "--reason", "kept").code())
                .isZero();
        assertThat(executeAt(first, "list").out()).contains("(pinned)");
        assertThat(executeAt(first, "pin", manifest.id(), "--off").code()).isZero();
    }

    @Test
    void keysAreGeneratedOnceAndThePrivateKeyIsReadableByItsOwnerOnly() throws Exception {
        var keys = folder.resolve("keys");
        assertThat(execute("keygen", keys.toString()).code()).isZero();
        assertThat(Files.getPosixFilePermissions(keys.resolve("identity.txt")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(AgeEncryptionKeys.recipients(keys.resolve("recipients.txt"))).hasSize(1);
        assertThat(AgeEncryptionKeys.identities(keys.resolve("identity.txt"))).hasSize(1);
        assertThat(execute("keygen", keys.toString()).code()).isEqualTo(10);
    }

    @Test
    void unsupportedDestinationAddressesAreRefused() {
        for (var address : List.of("ftp://x/y", "file:relative", "s3:///x", "git-lfs:///x", "file:///")) {
            assertThat(execute("list", "--destination", address).code())
                    .as(address)
                    .isEqualTo(10);
        }
    }
}

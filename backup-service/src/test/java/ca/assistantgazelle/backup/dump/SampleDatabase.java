package ca.assistantgazelle.backup.dump;

import ca.assistantgazelle.backup.archive.AgeEncryptionKeys;
import ca.assistantgazelle.backup.destination.BackupDestination;
import ca.assistantgazelle.backup.destination.LocalDirectoryDestination;
import ca.assistantgazelle.backup.destination.s3.S3Profile;
import ca.assistantgazelle.backup.destination.s3.S3Settings;
import ca.assistantgazelle.backup.manifest.BackupManifest;
import ca.assistantgazelle.backup.manifest.ManifestSignature;
import ca.assistantgazelle.backup.postgresql.DatabaseAddress;
import ca.assistantgazelle.backup.postgresql.JdbcQueries;
import ca.assistantgazelle.emulators.s3.S3Server;
import ca.assistantgazelle.emulators.testing.TestEnvironment;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** A sample database with every kind of object, and helpers to back it up. */
public final class SampleDatabase {
    public static final KeyPair KEYS = AgeEncryptionKeys.generate();
    public static final ManifestSignature SEAL = new ManifestSignature("test secret".getBytes(StandardCharsets.UTF_8));

    /** Timeout of a destination that does not respond. */
    private static final Duration STALL = Duration.ofSeconds(4);

    private static boolean created;

    private SampleDatabase() {}

    /** Created on first use. */
    public static synchronized DatabaseAddress source() throws IOException, SQLException {
        var server = server();
        if (!created) {
            create("zoo");
            created = true;
        }
        return server.database("zoo");
    }

    /** The server of the test environment, with the database of the services. */
    public static DatabaseAddress server() {
        var postgres = TestEnvironment.get().postgres();
        return new DatabaseAddress("127.0.0.1", postgres.port(), "gazelle", "gazelle", postgres.password(), "disable");
    }

    /** Creates another sample database. */
    public static DatabaseAddress create(String name) throws IOException, SQLException {
        var server = server();
        try (var session = server.connect()) {
            JdbcQueries.execute(session, "drop database if exists " + name + " with (force)");
            for (var role : List.of("zoo_lecteur", "zoo_authentifie", "\"Zoo Rôle\"")) {
                if (JdbcQueries.queryBoolean(
                        session,
                        "select not exists (select from pg_roles where rolname = ?)",
                        role.replace("\"", ""))) {
                    continue;
                }
                JdbcQueries.execute(session, "drop owned by " + role + " cascade");
            }
            JdbcQueries.execute(session, "create database " + name);
        }
        var sql =
                new String(SampleDatabase.class.getResourceAsStream("/zoo.sql").readAllBytes(), StandardCharsets.UTF_8);
        try (var session = server.database(name).connect()) {
            for (var role : List.of("zoo_lecteur", "zoo_authentifie", "\"Zoo Rôle\"")) {
                if (JdbcQueries.queryBoolean(
                        session, "select exists (select from pg_roles where rolname = ?)", role.replace("\"", ""))) {
                    sql = sql.replace("create role " + role + " nologin;", "");
                }
            }
            JdbcQueries.execute(session, sql);
        }
        return server.database(name);
    }

    public static List<RecipientStanzaReader> identities() {
        try {
            return List.of(
                    X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(AgeEncryptionKeys.identity(KEYS)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static BackupDestination directory(Path folder) {
        return new LocalDirectoryDestination(folder);
    }

    public static BackupDestination bucket(String prefix) {
        return bucket(prefix, TestEnvironment.get().s3().url(), S3Profile.COMPATIBLE);
    }

    public static BackupDestination bucket(String prefix, String url, S3Profile profile) {
        return new S3Settings(
                        URI.create(url),
                        TestEnvironment.S3_ACCESS_KEY,
                        TestEnvironment.S3_SECRET_KEY,
                        "us-east-1",
                        profile,
                        Duration.ofSeconds(20),
                        Duration.ofMillis(50))
                .bucket(S3Server.BUCKET, prefix);
    }

    /** A backup with the private key available. */
    public static BackupSpec spec(DatabaseAddress source, BackupDestination... destinations) {
        return spec(source, identities(), List.of(), destinations);
    }

    public static BackupSpec spec(
            DatabaseAddress source,
            List<RecipientStanzaReader> identities,
            List<String> excluded,
            BackupDestination... destinations) {
        return new BackupSpec(
                source,
                "test",
                "run",
                "manual",
                excluded,
                List.of(AgeEncryptionKeys.recipient(KEYS)),
                identities,
                List.of(destinations),
                0,
                STALL,
                Duration.ofSeconds(30));
    }

    public static BackupPipeline.BackupResult runBackup(BackupSpec order) throws IOException, InterruptedException {
        return new BackupPipeline(order, SEAL, new RecordingBackupListener(manifest -> {}), Clock.systemUTC()).run();
    }

    /** Records the messages of a backup. */
    public record RecordingBackupListener(Consumer<BackupManifest> fence, ConcurrentLinkedQueue<String> lines)
            implements BackupListener {
        public RecordingBackupListener(Consumer<BackupManifest> fence) {
            this(fence, new ConcurrentLinkedQueue<>());
        }

        @Override
        public void onMessage(String line) {
            lines.add(line);
        }

        @Override
        public void onProgress(String phase, long bytes, Map<String, Long> taken) {
            lines.add(phase + " " + bytes);
        }

        @Override
        public void beforePublishing(BackupDestination destination, BackupManifest manifest) {
            fence.accept(manifest);
        }
    }
}

package ca.assistantgazelle.backup.job;

import ca.assistantgazelle.backup.archive.AgeEncryptionKeys;
import ca.assistantgazelle.backup.dump.SampleDatabase;
import ca.assistantgazelle.emulators.s3.S3Server;
import ca.assistantgazelle.emulators.testing.TestEnvironment;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** Configures a directory, a bucket, both keys and a server for restore drills. */
public final class BackupTestResource implements QuarkusTestResourceLifecycleManager {
    static Path folder;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("gazelle-backups-");
            var server = SampleDatabase.server();
            var settings = new HashMap<String, String>();
            settings.put(
                    "BACKUP_DESTINATIONS",
                    "file://" + folder.resolve("copies") + ", s3://" + S3Server.BUCKET + "/nightly");
            settings.put("AWS_ENDPOINT_URL_S3", TestEnvironment.get().s3().url());
            settings.put("AWS_ACCESS_KEY_ID", TestEnvironment.S3_ACCESS_KEY);
            settings.put("AWS_SECRET_ACCESS_KEY", TestEnvironment.S3_SECRET_KEY);
            settings.put(
                    "BACKUP_RECIPIENTS_FILE",
                    Files.writeString(
                                    folder.resolve("recipients.txt"),
                                    AgeEncryptionKeys.recipient(SampleDatabase.KEYS) + "\n")
                            .toString());
            settings.put(
                    "BACKUP_IDENTITY_FILE",
                    Files.writeString(
                                    folder.resolve("identity.txt"),
                                    AgeEncryptionKeys.identity(SampleDatabase.KEYS) + "\n")
                            .toString());
            settings.put(
                    "BACKUP_DRILL_URL",
                    "postgresql://" + server.user() + ":" + server.password() + "@127.0.0.1:" + server.port());
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

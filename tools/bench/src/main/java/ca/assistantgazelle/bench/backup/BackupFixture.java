package ca.assistantgazelle.bench.backup;

import ca.assistantgazelle.backup.archive.AgeEncryptionKeys;
import ca.assistantgazelle.backup.archive.ArchiveEncryption;
import ca.assistantgazelle.backup.archive.HashingOutputStream;
import ca.assistantgazelle.backup.destination.BackupDestination;
import ca.assistantgazelle.backup.destination.FanOutOutputStream;
import ca.assistantgazelle.backup.destination.LocalDirectoryDestination;
import ca.assistantgazelle.backup.dump.BackupPipeline;
import ca.assistantgazelle.backup.dump.BackupSpec;
import ca.assistantgazelle.backup.manifest.BackupManifest;
import ca.assistantgazelle.backup.manifest.BackupRepository;
import ca.assistantgazelle.backup.manifest.ManifestSignature;
import ca.assistantgazelle.backup.postgresql.DatabaseAddress;
import ca.assistantgazelle.backup.postgresql.PgToolProcess;
import ca.assistantgazelle.backup.postgresql.PostgresClientTool;
import ca.assistantgazelle.backup.restore.DatabaseRestore;
import ca.assistantgazelle.backup.restore.RestoreRequest;
import ca.assistantgazelle.bench.BenchEnvironment;
import ca.assistantgazelle.runner.plan.LocalPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** The backup and restore operations of the benchmark, with and without this project, timed. */
final class BackupFixture {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final ManifestSignature SEAL = new ManifestSignature(null);

    private final BenchEnvironment stage;
    private final Path folder;
    private final DatabaseAddress source;
    private final KeyPair keys = AgeEncryptionKeys.generate();

    BackupFixture(BenchEnvironment stage, Path folder) {
        this.stage = stage;
        this.folder = folder;
        this.source = new DatabaseAddress(
                "127.0.0.1",
                stage.plan().port(LocalPort.POSTGRESQL),
                "gazelle",
                "gazelle",
                stage.plan().secrets().databasePassword(),
                "disable");
    }

    private BackupDestination destination() {
        return new LocalDirectoryDestination(folder.resolve("copies"));
    }

    double bareDumpSeconds() throws IOException, InterruptedException {
        return shell("pg_dump -Fc -Z0 gazelle | zstd -q -T2 -3 -f -o bare.zst && sync bare.zst");
    }

    double bareRestoreSeconds() throws IOException, InterruptedException, SQLException {
        database("create database bare template template0");
        double seconds = shell("zstd -dc bare.zst | pg_restore -e --no-owner -d bare");
        database("drop database bare");
        return seconds;
    }

    private double shell(String script) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("bash", "-c", "set -eo pipefail; " + script);
        builder.directory(folder.toFile());
        builder.environment().putAll(source.environment("bench"));
        builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile());
        long begin = System.nanoTime();
        if (builder.start().waitFor() != 0) {
            throw new IllegalStateException(Files.readString(folder.resolve("output.txt")));
        }
        return seconds(begin);
    }

    private void database(String sql) throws SQLException {
        try (var connection = stage.database();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    /** Dumps, compresses, encrypts, hashes and publishes; does not count rows or read back. */
    double pipelineSeconds() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        try (var place = destination();
                var child = PgToolProcess.start(
                        PostgresClientTool.find("pg_dump"), List.of("-Fc", "-Z0"), source.environment("bench"))) {
            var out = new FanOutOutputStream(List.of(place), "pipeline", TIMEOUT);
            var plain = new HashingOutputStream(
                    ArchiveEncryption.encrypt(new HashingOutputStream(out), List.of(AgeEncryptionKeys.recipient(keys)))
                            .stream());
            child.stdout().transferTo(plain);
            if (child.awaitExit() != 0) {
                throw new IllegalStateException(child.stderr());
            }
            plain.close();
            out.complete();
            double seconds = seconds(begin);
            place.delete("pipeline");
            return seconds;
        }
    }

    /** Runs a complete backup; deletes the previous one first. */
    BackupManifest backup() throws IOException, InterruptedException {
        remove(folder.resolve("copies"));
        try (var place = destination()) {
            var order = new BackupSpec(
                    source,
                    "bench",
                    "bench",
                    "manual",
                    List.of(),
                    List.of(AgeEncryptionKeys.recipient(keys)),
                    List.of(),
                    List.of(place),
                    0,
                    TIMEOUT,
                    TIMEOUT);
            return new BackupPipeline(order, SEAL, new SilentBackupListener(), Clock.systemUTC())
                    .run()
                    .manifest();
        }
    }

    private static void remove(Path path) throws IOException {
        if (Files.exists(path)) {
            try (var files = Files.walk(path)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(one -> one.toFile().delete());
            }
        }
    }

    /** From opening the archive until all data is restored; the comparison is not included. */
    double restoreSeconds() throws IOException, InterruptedException, SQLException {
        var identity = Files.writeString(folder.resolve("identity"), AgeEncryptionKeys.identity(keys) + "\n");
        try (var place = destination()) {
            var backup = new BackupRepository(place, SEAL).list().getFirst();
            var end = new long[1];
            var restore =
                    new DatabaseRestore(place, AgeEncryptionKeys.identities(identity), Clock.systemUTC(), line -> {
                        if (line.startsWith("comparing")) {
                            end[0] = System.nanoTime();
                        }
                    });
            long begin = System.nanoTime();
            var report = restore.run(
                    backup, new RestoreRequest(source.database("ours"), List.of(), null, false, null, false));
            if (!report.differences().isEmpty()) {
                throw new IllegalStateException(report.differences().toString());
            }
            database("drop database ours");
            return (end[0] - begin) / 1e9;
        }
    }
}

package ca.assistantgazelle.bench.clock;

import ca.assistantgazelle.emulators.LoopbackPorts;
import ca.assistantgazelle.emulators.kafka.KafkaBroker;
import ca.assistantgazelle.emulators.postgres.PostgresBinaries;
import ca.assistantgazelle.emulators.postgres.PostgresCluster;
import ca.assistantgazelle.emulators.postgres.PostgresServer;
import ca.assistantgazelle.runner.testing.SchedulerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A durable PostgreSQL, a Kafka broker, and schedulers that use them. */
final class ClockBenchEnvironment implements AutoCloseable {
    private final Path folder;
    private final PostgresServer postgres;
    private final KafkaBroker kafka;
    private final List<SchedulerProcess> schedulers = new ArrayList<>();

    ClockBenchEnvironment() throws IOException {
        this.folder = Files.createTempDirectory("gazelle-bench-");
        this.postgres = PostgresServer.start(new PostgresCluster(
                PostgresBinaries.find(folder),
                Files.createDirectories(folder.resolve("postgresql")),
                LoopbackPorts.findFree(),
                "bench",
                true,
                "UTC"));
        this.kafka = KafkaBroker.start(Files.createDirectories(folder.resolve("kafka")), LoopbackPorts.findFree());
        // Ctrl-C must not leave processes behind.
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopProcesses));
    }

    void schedulers(Path repository, String catalogue, int count) throws IOException, InterruptedException {
        var jobsFile = Files.writeString(folder.resolve("jobs.yaml"), catalogue);
        for (int i = 0; i < count; i++) {
            var scheduler = new SchedulerProcess(repository, "scheduler-" + i, jobsFile, environment(), folder);
            scheduler.start();
            schedulers.add(scheduler);
        }
        for (var scheduler : schedulers) {
            for (int tries = 0; !scheduler.isReady(); tries++) {
                if (tries > 600) {
                    throw new IllegalStateException("Scheduler not ready after 60 s; see the logs in " + folder);
                }
                Thread.sleep(100);
            }
        }
    }

    List<SchedulerProcess> schedulers() {
        return schedulers;
    }

    PostgresServer postgres() {
        return postgres;
    }

    String kafka() {
        return kafka.bootstrapServers();
    }

    int update(String sql) throws SQLException {
        try (var connection = postgres.connect();
                var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    long count(String sql) throws SQLException {
        try (var connection = postgres.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private Map<String, String> environment() {
        return Map.of(
                "PGHOST",
                "127.0.0.1",
                "PGPORT",
                Integer.toString(postgres.port()),
                "PGDATABASE",
                PostgresServer.DATABASE,
                "PGUSER",
                PostgresServer.USER,
                "PGPASSWORD",
                postgres.password(),
                "PGSSLMODE",
                "disable",
                "KAFKA_BOOTSTRAP_SERVERS",
                kafka.bootstrapServers());
    }

    void stopSchedulers() throws InterruptedException {
        for (var scheduler : schedulers) {
            scheduler.resumeAndKill();
        }
        schedulers.clear();
    }

    private void stopProcesses() {
        try {
            stopSchedulers();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        postgres.close();
    }

    @Override
    public void close() throws IOException {
        kafka.close();
        postgres.close();
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        }
    }
}

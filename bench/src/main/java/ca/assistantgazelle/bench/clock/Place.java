package ca.assistantgazelle.bench.clock;

import ca.assistantgazelle.peers.Ports;
import ca.assistantgazelle.peers.kafka.KafkaBroker;
import ca.assistantgazelle.peers.postgres.Binaries;
import ca.assistantgazelle.peers.postgres.Cluster;
import ca.assistantgazelle.peers.postgres.PostgresServer;
import ca.assistantgazelle.runner.testing.SchedulerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A durable PostgreSQL, a broker, and two schedulers on them. */
final class Place implements AutoCloseable {
  private final Path folder;
  private final PostgresServer postgres;
  private final KafkaBroker kafka;
  private final List<SchedulerProcess> schedulers = new ArrayList<>();

  Place() throws IOException {
    this.folder = Files.createTempDirectory("gazelle-bench-");
    this.postgres =
        PostgresServer.start(
            new Cluster(
                Binaries.find(folder),
                Files.createDirectories(folder.resolve("postgresql")),
                Ports.free(),
                "bench",
                true,
                "UTC"));
    this.kafka = KafkaBroker.start(Files.createDirectories(folder.resolve("kafka")), Ports.free());
    // Ctrl-C must not leave processes behind.
    Runtime.getRuntime().addShutdownHook(new Thread(this::leave));
  }

  void schedulers(Path repository, String catalogue, int count)
      throws IOException, InterruptedException {
    var jobsFile = Files.writeString(folder.resolve("jobs.yaml"), catalogue);
    for (int i = 0; i < count; i++) {
      var scheduler =
          new SchedulerProcess(repository, "scheduler-" + i, jobsFile, environment(), folder);
      scheduler.start();
      schedulers.add(scheduler);
    }
    for (var scheduler : schedulers) {
      for (int tries = 0; !scheduler.isReady(); tries++) {
        if (tries > 600) {
          throw new IllegalStateException("a scheduler is not ready; see " + folder);
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
      scheduler.end();
    }
    schedulers.clear();
  }

  private void leave() {
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
      files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
  }
}

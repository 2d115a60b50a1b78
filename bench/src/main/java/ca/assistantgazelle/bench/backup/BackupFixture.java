package ca.assistantgazelle.bench.backup;

import ca.assistantgazelle.archive.Envelope;
import ca.assistantgazelle.archive.Hashing;
import ca.assistantgazelle.archive.Keys;
import ca.assistantgazelle.bench.BenchEnvironment;
import ca.assistantgazelle.destination.Destination;
import ca.assistantgazelle.destination.FanOut;
import ca.assistantgazelle.destination.LocalDirectory;
import ca.assistantgazelle.dump.Backup;
import ca.assistantgazelle.dump.Order;
import ca.assistantgazelle.dump.Watcher;
import ca.assistantgazelle.manifest.Manifest;
import ca.assistantgazelle.manifest.Seal;
import ca.assistantgazelle.manifest.Shelf;
import ca.assistantgazelle.postgresql.Child;
import ca.assistantgazelle.postgresql.Source;
import ca.assistantgazelle.postgresql.Tool;
import ca.assistantgazelle.restore.Restore;
import ca.assistantgazelle.restore.RestoreRequest;
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
import java.util.Map;

/** The backup and restore operations of the benchmark, with and without this project, timed. */
final class BackupFixture {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final Seal SEAL = new Seal(null);

  private final BenchEnvironment stage;
  private final Path folder;
  private final Source source;
  private final KeyPair keys = Keys.generate();

  BackupFixture(BenchEnvironment stage, Path folder) {
    this.stage = stage;
    this.folder = folder;
    this.source =
        new Source(
            "127.0.0.1",
            stage.plan().port(LocalPort.POSTGRESQL),
            "gazelle",
            "gazelle",
            stage.plan().secrets().databasePassword(),
            "disable");
  }

  private Destination destination() {
    return new LocalDirectory(folder.resolve("copies"));
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
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("output.txt").toFile());
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
        var child =
            Child.start(Tool.find("pg_dump"), List.of("-Fc", "-Z0"), source.environment("bench"))) {
      var out = new FanOut(List.of(place), "pipeline", TIMEOUT);
      var plain =
          new Hashing(Envelope.seal(new Hashing(out), List.of(Keys.recipient(keys))).stream());
      child.out().transferTo(plain);
      if (child.await() != 0) {
        throw new IllegalStateException(child.words());
      }
      plain.close();
      out.complete();
      double seconds = seconds(begin);
      place.delete("pipeline");
      return seconds;
    }
  }

  /** Runs a complete backup; deletes the previous one first. */
  Manifest backup() throws IOException, InterruptedException {
    remove(folder.resolve("copies"));
    try (var place = destination()) {
      var order =
          new Order(
              source,
              "bench",
              "bench",
              "manual",
              List.of(),
              List.of(Keys.recipient(keys)),
              List.of(),
              List.of(place),
              0,
              TIMEOUT,
              TIMEOUT);
      return new Backup(order, SEAL, new SilentBackupListener(), Clock.systemUTC())
          .run()
          .manifest();
    }
  }

  private static void remove(Path path) throws IOException {
    if (Files.exists(path)) {
      try (var files = Files.walk(path)) {
        files.sorted(Comparator.reverseOrder()).forEach(one -> one.toFile().delete());
      }
    }
  }

  /** From opening the archive until all data is restored; the comparison is not included. */
  double restoreSeconds() throws IOException, InterruptedException, SQLException {
    var identity = Files.writeString(folder.resolve("identity"), Keys.identity(keys) + "\n");
    try (var place = destination()) {
      var backup = new Shelf(place, SEAL).list().getFirst();
      var end = new long[1];
      var restore =
          new Restore(
              place,
              Keys.identities(identity),
              Clock.systemUTC(),
              line -> {
                if (line.startsWith("comparing")) {
                  end[0] = System.nanoTime();
                }
              });
      long begin = System.nanoTime();
      var report =
          restore.run(
              backup,
              new RestoreRequest(source.database("ours"), List.of(), null, false, null, false));
      if (!report.differences().isEmpty()) {
        throw new IllegalStateException(report.differences().toString());
      }
      database("drop database ours");
      return (end[0] - begin) / 1e9;
    }
  }

  private static final class SilentBackupListener implements Watcher {
    @Override
    public void said(String line) {
      // Not needed.
    }

    @Override
    public void progress(String phase, long bytes, Map<String, Long> taken) {
      // Not needed.
    }

    @Override
    public void beforePublishing(Destination destination, Manifest manifest) {
      // No concurrent runs.
    }
  }
}

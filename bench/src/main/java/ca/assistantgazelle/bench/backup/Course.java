package ca.assistantgazelle.bench.backup;

import ca.assistantgazelle.archive.Envelope;
import ca.assistantgazelle.archive.Hashing;
import ca.assistantgazelle.archive.Keys;
import ca.assistantgazelle.bench.Stage;
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
import ca.assistantgazelle.runner.plan.Port;
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

/** The ways that a database and its backup take in the benchmark, each with its time. */
final class Course {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Seal SEAL = new Seal(null);

  private final Stage stage;
  private final Path folder;
  private final Source source;
  private final KeyPair keys = Keys.generate();

  Course(Stage stage, Path folder) {
    this.stage = stage;
    this.folder = folder;
    this.source =
        new Source(
            "127.0.0.1",
            stage.plan().port(Port.POSTGRESQL),
            "gazelle",
            "gazelle",
            stage.plan().secrets().databasePassword(),
            "disable");
  }

  private Destination place() {
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
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("words").toFile());
    long begin = System.nanoTime();
    if (builder.start().waitFor() != 0) {
      throw new IllegalStateException(Files.readString(folder.resolve("words")));
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

  /** Dumped, compressed, encrypted, hashed and published; neither counted nor read back. */
  double pipelineSeconds() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    try (var place = place();
        var child =
            Child.start(Tool.find("pg_dump"), List.of("-Fc", "-Z0"), source.environment("bench"))) {
      var out = new FanOut(List.of(place), "pipeline", LONG);
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

  /** All of it; the one before is removed. */
  Manifest backup() throws IOException, InterruptedException {
    remove(folder.resolve("copies"));
    try (var place = place()) {
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
              LONG,
              LONG);
      return new Backup(order, SEAL, new Silent(), Clock.systemUTC()).run().manifest();
    }
  }

  private static void remove(Path path) throws IOException {
    if (Files.exists(path)) {
      try (var files = Files.walk(path)) {
        files.sorted(Comparator.reverseOrder()).forEach(one -> one.toFile().delete());
      }
    }
  }

  /** From the first look at the archive until everything is in the database. */
  double restoreSeconds() throws IOException, InterruptedException, SQLException {
    var identity = Files.writeString(folder.resolve("identity"), Keys.identity(keys) + "\n");
    try (var place = place()) {
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

  private static final class Silent implements Watcher {
    @Override
    public void said(String line) {
      // Nobody listens.
    }

    @Override
    public void progress(String phase, long bytes, Map<String, Long> taken) {
      // Nobody looks.
    }

    @Override
    public void beforePublishing(Destination destination, Manifest manifest) {
      // Nobody else is at work.
    }
  }
}

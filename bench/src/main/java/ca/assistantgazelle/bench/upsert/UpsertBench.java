package ca.assistantgazelle.bench.upsert;

import ca.assistantgazelle.bench.Bench;
import ca.assistantgazelle.bench.Report;
import ca.assistantgazelle.bench.Statistics;
import ca.assistantgazelle.bench.sync.BareClient;
import ca.assistantgazelle.database.DatabaseSettings;
import ca.assistantgazelle.database.Migrations;
import ca.assistantgazelle.gazelle.Query;
import ca.assistantgazelle.peers.Ports;
import ca.assistantgazelle.peers.gazelle.GazelleEmulator;
import ca.assistantgazelle.peers.gazelle.SampleCompany;
import ca.assistantgazelle.peers.gazelle.Volumes;
import ca.assistantgazelle.peers.postgres.Binaries;
import ca.assistantgazelle.peers.postgres.Cluster;
import ca.assistantgazelle.peers.postgres.PostgresServer;
import ca.assistantgazelle.sql.Database;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The writers of the four big tables beside COPY of the same rows and an upsert of every row. */
public final class UpsertBench implements Bench {
  private static final int ROUNDS = 5;

  @Override
  public String name() {
    return "upsert";
  }

  @Override
  public void run(Report report) throws Exception {
    report.say("reading the full sample into memory");
    var records = records();
    var folder = Files.createTempDirectory("gazelle-bench-");
    try (var postgres = postgres(folder)) {
      new Migrations(settings(postgres), PostgresServer.USER).run();
      var vertx = Vertx.vertx();
      var pool = pool(vertx, postgres);
      try (var copy = new CopiedTables(postgres)) {
        measure(report, records, new Writers(Access.make(Database.class, pool)), copy);
      } finally {
        pool.closeAndAwait();
        vertx.closeAndAwait();
      }
    } finally {
      try (var files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
      }
    }
  }

  private static void measure(
      Report report, Map<String, List<JsonNode>> records, Writers writers, CopiedTables copy)
      throws Exception {
    var fill = new ArrayList<Double>();
    var copied = new ArrayList<Double>();
    var same = new ArrayList<Double>();
    var unconditional = new ArrayList<Double>();
    // The first round warms everything up and is not counted.
    for (int i = 0; i <= ROUNDS; i++) {
      copy.empty();
      double copySeconds = seconds(() -> copy.copy(writers, records));
      copy.empty();
      double fillSeconds = seconds(() -> writers.write(records));
      double sameSeconds = seconds(() -> writers.write(records));
      double everySeconds = seconds(() -> writers.writeUnconditionally(records));
      report.say(
          "round %d: COPY %.2f s, first fill %.2f s, nothing changed %.2f s, upsert of every row %.2f s",
          i, copySeconds, fillSeconds, sameSeconds, everySeconds);
      if (i > 0) {
        copied.add(copySeconds);
        fill.add(fillSeconds);
        same.add(sameSeconds);
        unconditional.add(everySeconds);
      }
    }
    long rows = copy.rows();
    double anchor = Statistics.of(copied).median();
    double ours = Statistics.of(fill).median();
    double noOp = Statistics.of(same).median();
    report.series("COPY, seconds", copied);
    report.series("first fill, seconds", fill);
    report.series("nothing changed, seconds", same);
    report.series("upsert of every row, seconds", unconditional);
    report.figure("rows of four tables", rows, "");
    report.figure("COPY", rows / anchor, "/s");
    report.figure("first fill", rows / ours, "/s");
    report.atLeast("first fill over COPY", anchor / ours, "x", 0.6);
    report.figure("nothing changed", rows / noOp, "/s");
    report.atLeast(
        "nothing changed over an upsert of every row",
        Statistics.of(unconditional).median() / noOp,
        "x",
        3);
  }

  private static Map<String, List<JsonNode>> records() throws Exception {
    var clock = Clock.systemUTC();
    var today = LocalDate.now(clock.withZone(ZoneId.of("America/Toronto")));
    var records = new ConcurrentHashMap<String, List<JsonNode>>();
    try (var gazelle =
        GazelleEmulator.start(0, SampleCompany.create(Volumes.FULL, today, clock), "bench")) {
      new BareClient(gazelle.url(), "bench")
          .fetch(
              Map.of(Query.CLIENTS, Map.of(), Query.PIANOS, Map.of(), Query.EVENTS, Map.of()),
              (kind, page) ->
                  records.computeIfAbsent(kind, name -> new ArrayList<>()).addAll(page));
    }
    var contacts = new ArrayList<JsonNode>();
    for (var client : records.get("allClients")) {
      for (var contact : client.path("allContacts").path("nodes")) {
        ((ObjectNode) contact).putObject("client").put("id", client.path("id").asText());
        contacts.add(contact);
      }
    }
    records.put("contacts", contacts);
    return new HashMap<>(records);
  }

  private static PostgresServer postgres(Path folder) {
    return PostgresServer.start(
        new Cluster(
            Binaries.find(folder.resolve("cache")),
            folder.resolve("postgresql"),
            Ports.free(),
            "bench",
            true,
            "UTC"));
  }

  private static DatabaseSettings settings(PostgresServer postgres) {
    return new DatabaseSettings(
        "127.0.0.1",
        postgres.port(),
        PostgresServer.DATABASE,
        PostgresServer.USER,
        postgres.password(),
        "disable");
  }

  private static Pool pool(Vertx vertx, PostgresServer postgres) {
    var options =
        new PgConnectOptions()
            .setHost("127.0.0.1")
            .setPort(postgres.port())
            .setDatabase(PostgresServer.DATABASE)
            .setUser(PostgresServer.USER)
            .setPassword(postgres.password())
            .setCachePreparedStatements(true);
    return Pool.newInstance(
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(4))
            .connectingTo(options)
            .using(vertx.getDelegate())
            .build());
  }

  private interface Work {
    void run() throws Exception;
  }

  private static double seconds(Work work) throws Exception {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / 1e9;
  }
}

package ca.assistantgazelle.bench.upsert;

import ca.assistantgazelle.bench.BenchReport;
import ca.assistantgazelle.bench.BenchmarkScenario;
import ca.assistantgazelle.bench.SeriesStatistics;
import ca.assistantgazelle.bench.sync.BareGazelleClient;
import ca.assistantgazelle.contract.timetable.TimeZones;
import ca.assistantgazelle.database.DatabaseMigrations;
import ca.assistantgazelle.database.DatabaseSettings;
import ca.assistantgazelle.emulators.LoopbackPorts;
import ca.assistantgazelle.emulators.gazelle.GazelleEmulator;
import ca.assistantgazelle.emulators.gazelle.SampleCompany;
import ca.assistantgazelle.emulators.gazelle.SampleVolumes;
import ca.assistantgazelle.emulators.postgres.PostgresBinaries;
import ca.assistantgazelle.emulators.postgres.PostgresCluster;
import ca.assistantgazelle.emulators.postgres.PostgresServer;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.sync.gazelle.GraphQlQuery;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The sync's writers of four large tables, compared with COPY and with unconditional upserts. */
public final class UpsertBench implements BenchmarkScenario {
    private static final int ROUNDS = 5;

    @Override
    public String name() {
        return "upsert";
    }

    @Override
    public void run(BenchReport report) throws Exception {
        report.logProgress("reading the full sample into memory");
        var records = records();
        var folder = Files.createTempDirectory("gazelle-bench-");
        try (var postgres = postgres(folder)) {
            new DatabaseMigrations(settings(postgres), PostgresServer.USER).run();
            var vertx = Vertx.vertx();
            var pool = pool(vertx, postgres);
            try (var copy = new CopyBaseline(postgres)) {
                measure(report, records, new UpsertWriters(ReflectiveAccess.newInstance(Database.class, pool)), copy);
            } finally {
                pool.closeAndAwait();
                vertx.closeAndAwait();
            }
        } finally {
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        }
    }

    private static void measure(
            BenchReport report, Map<String, List<JsonNode>> records, UpsertWriters writers, CopyBaseline copy)
            throws Exception {
        var fill = new ArrayList<Double>();
        var copied = new ArrayList<Double>();
        var same = new ArrayList<Double>();
        var unconditional = new ArrayList<Double>();
        // The first round is a warm-up and is not counted.
        for (int i = 0; i <= ROUNDS; i++) {
            copy.truncate();
            double copySeconds = seconds(() -> copy.copy(writers, records));
            copy.truncate();
            double fillSeconds = seconds(() -> writers.write(records));
            double sameSeconds = seconds(() -> writers.write(records));
            double everySeconds = seconds(() -> writers.writeUnconditionally(records));
            report.logProgress(
                    "round %d: COPY %.2f s, first fill %.2f s, nothing changed %.2f s, upsert of every row %.2f s",
                    i, copySeconds, fillSeconds, sameSeconds, everySeconds);
            if (i > 0) {
                copied.add(copySeconds);
                fill.add(fillSeconds);
                same.add(sameSeconds);
                unconditional.add(everySeconds);
            }
        }
        evaluate(report, copy.rows(), copied, fill, same, unconditional);
    }

    private static void evaluate(
            BenchReport report,
            long rows,
            List<Double> copied,
            List<Double> fill,
            List<Double> same,
            List<Double> unconditional) {
        double baseline = SeriesStatistics.of(copied).median();
        double upsert = SeriesStatistics.of(fill).median();
        double noOp = SeriesStatistics.of(same).median();
        report.series("COPY, seconds", copied);
        report.series("first fill, seconds", fill);
        report.series("nothing changed, seconds", same);
        report.series("upsert of every row, seconds", unconditional);
        report.figure("rows of four tables", rows, "");
        report.figure("COPY", rows / baseline, "/s");
        report.figure("first fill", rows / upsert, "/s");
        report.atLeast("first fill over COPY", baseline / upsert, "x", 0.6);
        report.figure("nothing changed", rows / noOp, "/s");
        report.atLeast(
                "nothing changed over an upsert of every row",
                SeriesStatistics.of(unconditional).median() / noOp,
                "x",
                3);
    }

    private static Map<String, List<JsonNode>> records() throws Exception {
        var clock = Clock.systemUTC();
        var today = LocalDate.now(clock.withZone(TimeZones.MONTREAL));
        var records = new ConcurrentHashMap<String, List<JsonNode>>();
        try (var gazelle = GazelleEmulator.start(0, SampleCompany.create(SampleVolumes.FULL, today, clock), "bench")) {
            new BareGazelleClient(gazelle.url(), "bench")
                    .fetch(
                            Map.of(
                                    GraphQlQuery.CLIENTS,
                                    Map.of(),
                                    GraphQlQuery.PIANOS,
                                    Map.of(),
                                    GraphQlQuery.EVENTS,
                                    Map.of()),
                            (kind, page) -> records.computeIfAbsent(kind, name -> new ArrayList<>())
                                    .addAll(page));
        }
        var contacts = new ArrayList<JsonNode>();
        for (var client : records.get("allClients")) {
            for (var contact : client.path("allContacts").path("nodes")) {
                ((ObjectNode) contact)
                        .putObject("client")
                        .put("id", client.path("id").asText());
                contacts.add(contact);
            }
        }
        records.put("contacts", contacts);
        return new HashMap<>(records);
    }

    private static PostgresServer postgres(Path folder) {
        return PostgresServer.start(new PostgresCluster(
                PostgresBinaries.find(folder.resolve("cache")),
                folder.resolve("postgresql"),
                LoopbackPorts.findFree(),
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
        var options = new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(postgres.port())
                .setDatabase(PostgresServer.DATABASE)
                .setUser(PostgresServer.USER)
                .setPassword(postgres.password())
                .setCachePreparedStatements(true);
        return Pool.newInstance(PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(4))
                .connectingTo(options)
                .using(vertx.getDelegate())
                .build());
    }

    private interface TimedUpsertStep {
        void run() throws Exception;
    }

    private static double seconds(TimedUpsertStep work) throws Exception {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }
}

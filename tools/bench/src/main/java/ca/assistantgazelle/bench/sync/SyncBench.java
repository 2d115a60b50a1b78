package ca.assistantgazelle.bench.sync;

import ca.assistantgazelle.bench.BenchEnvironment;
import ca.assistantgazelle.bench.BenchReport;
import ca.assistantgazelle.bench.BenchRuns;
import ca.assistantgazelle.bench.BenchmarkScenario;
import ca.assistantgazelle.bench.SeriesStatistics;
import ca.assistantgazelle.bench.ServiceHeapMonitor;
import ca.assistantgazelle.runner.plan.LocalService;
import ca.assistantgazelle.runner.plan.SampleSize;
import ca.assistantgazelle.sync.gazelle.GraphQlQuery;
import ca.assistantgazelle.sync.scan.ScanMode;
import ca.assistantgazelle.sync.scan.SyncDateWindow;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sync at the company's real volumes, compared with a bare client and a bare upsert loop. */
public final class SyncBench implements BenchmarkScenario {
    private static final int ROUNDS = 5;
    private static final int ROUND_TRIP_MILLIS = 50;
    private static final List<String> TABLES = List.of(
            "users",
            "produits_catalogue",
            "gazelle_clients",
            "gazelle_contacts",
            "gazelle_pianos",
            "gazelle_appointments",
            "gazelle_appointment_pianos",
            "gazelle_timeline_entries");

    private final Path repository;

    public SyncBench(Path repository) {
        this.repository = repository;
    }

    @Override
    public String name() {
        return "sync";
    }

    @Override
    public void run(BenchReport report) throws Exception {
        report.logProgress("starting a system with the full sample");
        try (var stage = BenchEnvironment.start(repository, SampleSize.FULL);
                var heap = new ServiceHeapMonitor(stage, LocalService.SYNC)) {
            var runs = new BenchRuns(stage.api());
            firstFill(report, stage, runs);
            withRoundTrips(report, stage, runs);
            withoutRoundTrips(report, stage, runs);
            nothingChanged(report, stage, runs);
            report.atMost("peak heap of sync-service", heap.peakMegabytes(), "MB", 128);
        }
    }

    private static void firstFill(BenchReport report, BenchEnvironment stage, BenchRuns runs) throws Exception {
        report.logProgress("first full sync");
        double before = stage.cpuSeconds(LocalService.SYNC);
        var run = runs.sync("full");
        report.figure("first fill, rows", BenchRuns.rows(run, "inserted"), "");
        report.figure("first fill", BenchRuns.seconds(run), "s");
        report.figure("first fill, rows per second", BenchRuns.rows(run, "inserted") / BenchRuns.seconds(run), "/s");
        report.figure("first fill, CPU", stage.cpuSeconds(LocalService.SYNC) - before, "s");
    }

    // A partial run reads the same as a full scan, except old timeline entries.
    private static void withRoundTrips(BenchReport report, BenchEnvironment stage, BenchRuns runs) throws Exception {
        stage.setGazelleLatency(ROUND_TRIP_MILLIS);
        var ours = new ArrayList<Double>();
        var bare = new ArrayList<Double>();
        long requests = 0;
        long pages = 0;
        for (int i = 0; i < ROUNDS; i++) {
            var client = client(stage);
            bare.add(seconds(() -> client.fetch(chains(), (kind, records) -> {})));
            pages = client.requests();
            truncateTables(stage);
            var run = runs.sync("partial");
            ours.add(BenchRuns.seconds(run));
            requests = run.path("attempts")
                    .path(0)
                    .path("details")
                    .path("requests")
                    .asLong();
            report.logProgress(
                    "%d ms per page, round %d: ours %.2f s, bare client %.2f s",
                    ROUND_TRIP_MILLIS, i + 1, ours.getLast(), bare.getLast());
        }
        double baseline = SeriesStatistics.of(bare).median();
        double median = SeriesStatistics.of(ours).median();
        report.series("50 ms: ours, seconds", ours);
        report.series("50 ms: bare client, seconds", bare);
        report.figure("50 ms per page: bare client", baseline, "s");
        report.atMost("50 ms per page: ours", median, "s", 1.25 * baseline + 1);
        report.figure("50 ms per page: ratio", median / baseline, "x");
        report.figure("pages to read", pages, "");
        report.atMost("requests per page", requests / (double) pages, "", 1.1);
    }

    private static void withoutRoundTrips(BenchReport report, BenchEnvironment stage, BenchRuns runs) throws Exception {
        stage.setGazelleLatency(0);
        var ours = new ArrayList<Double>();
        var bare = new ArrayList<Double>();
        var cpu = new ArrayList<Double>();
        long rows = 0;
        for (int i = 0; i < ROUNDS; i++) {
            var client = client(stage);
            try (var loop = new BareUpsertLoop(stage.database())) {
                bare.add(seconds(() -> {
                    client.fetch(chains(), loop::accept);
                    loop.finish();
                }));
            }
            truncateTables(stage);
            double before = stage.cpuSeconds(LocalService.SYNC);
            var run = runs.sync("partial");
            cpu.add(stage.cpuSeconds(LocalService.SYNC) - before);
            ours.add(BenchRuns.seconds(run));
            rows = BenchRuns.rows(run, "inserted");
            report.logProgress(
                    "no delay, round %d: ours %.2f s, bare loop %.2f s", i + 1, ours.getLast(), bare.getLast());
        }
        double median = SeriesStatistics.of(ours).median();
        report.series("0 ms: ours, seconds", ours);
        report.series("0 ms: bare loop, seconds", bare);
        report.figure("no delay: ours", median, "s");
        report.figure("no delay: ours, rows per second", rows / median, "/s");
        report.figure("no delay: ours, CPU", SeriesStatistics.of(cpu).median(), "s");
        report.figure(
                "no delay: bare fetch + hash + UNNEST",
                SeriesStatistics.of(bare).median(),
                "s");
        report.atMost("no delay: ratio", median / SeriesStatistics.of(bare).median(), "x", 3);
    }

    private static void nothingChanged(BenchReport report, BenchEnvironment stage, BenchRuns runs) throws Exception {
        report.logProgress("nothing changed");
        runs.sync("full");
        var before = versions(stage);
        var seconds = new ArrayList<Double>();
        JsonNode run = null;
        for (int i = 0; i < ROUNDS; i++) {
            run = runs.sync("partial");
            seconds.add(BenchRuns.seconds(run));
        }
        report.figure("nothing changed: ours", SeriesStatistics.of(seconds).median(), "s");
        report.atMost(
                "nothing changed: rows written",
                BenchRuns.rows(run, "inserted") + BenchRuns.rows(run, "updated") + BenchRuns.rows(run, "deleted"),
                "",
                0);
        report.atMost(
                "nothing changed: tables with a new row version",
                versions(stage).entrySet().stream()
                        .filter(table -> !table.getValue().equals(before.get(table.getKey())))
                        .count(),
                "",
                0);
    }

    private static BareGazelleClient client(BenchEnvironment stage) {
        return new BareGazelleClient(
                stage.plan().gazelleUrl(), stage.plan().secrets().gazelleApiKey());
    }

    private static Map<GraphQlQuery, Map<String, Object>> chains() {
        var window = SyncDateWindow.of(ScanMode.PARTIAL, Clock.systemUTC().instant());
        var chains = new LinkedHashMap<GraphQlQuery, Map<String, Object>>();
        chains.put(GraphQlQuery.USERS, Map.of());
        chains.put(GraphQlQuery.PRODUCTS, Map.of());
        chains.put(GraphQlQuery.CLIENTS, Map.of());
        chains.put(GraphQlQuery.PIANOS, Map.of());
        chains.put(
                GraphQlQuery.EVENTS,
                Map.of(
                        "from",
                        window.firstDay().toString(),
                        "to",
                        window.lastDay().toString()));
        chains.put(GraphQlQuery.TIMELINE, Map.of("since", window.since().toString()));
        return chains;
    }

    private static void truncateTables(BenchEnvironment stage) throws SQLException {
        try (var connection = stage.database();
                var statement = connection.createStatement()) {
            statement.execute("truncate " + String.join(", ", TABLES));
        }
    }

    private static Map<String, String> versions(BenchEnvironment stage) throws SQLException {
        var versions = new LinkedHashMap<String, String>();
        try (var connection = stage.database();
                var statement = connection.createStatement()) {
            for (var table : TABLES) {
                try (var rows = statement.executeQuery(
                        "select md5(string_agg(xmin::text || ctid::text, ',' order by ctid)) from " + table)) {
                    rows.next();
                    versions.put(table, rows.getString(1));
                }
            }
        }
        return versions;
    }

    private interface TimedSyncStep {
        void run() throws Exception;
    }

    private static double seconds(TimedSyncStep work) throws Exception {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }
}

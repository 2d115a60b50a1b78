package ca.assistantgazelle.bench.report;

import ca.assistantgazelle.bench.BenchEnvironment;
import ca.assistantgazelle.bench.BenchReport;
import ca.assistantgazelle.bench.BenchRuns;
import ca.assistantgazelle.bench.BenchmarkScenario;
import ca.assistantgazelle.bench.SeriesStatistics;
import ca.assistantgazelle.bench.ServiceHeapMonitor;
import ca.assistantgazelle.runner.plan.LocalService;
import ca.assistantgazelle.runner.plan.SampleSize;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;

/**
 * The timeline report over a hundred thousand notes, ten thousand of them in the tabs, with a round trip of a hundred
 * milliseconds to Google.
 */
public final class ReportBench implements BenchmarkScenario {
    private static final int ROUNDS = 5;
    private static final int ROUND_TRIP_MILLIS = 100;

    // A tenth belong to institutions: 1,000, 6,000 and 3,000 rows.
    private static final String NOTES = """
      insert into gazelle_timeline_entries (external_id, entry_type, client_id, piano_id, occurred_at, title, description, synced_at)
      select 'tme_b' || i, case when i % 5 = 0 then 'PIANO_MEASUREMENT' else 'SERVICE_ENTRY_MANUAL' end,
        case when i % 100 = 0 then 'cli_bu' when i % 100 <= 6 then 'cli_bv' when i % 100 <= 9 then 'cli_bp' else 'cli_bx' end,
        'ins_b' || i % 1000, timestamptz '2016-01-01' + i * interval '50 minutes', 'Accord',
        case when i % 5 = 0 then 'Mesure du piano : ' || 18 + i % 6 || ' °C, ' || 32 + i % 25 || ' %'
          else 'Accord 440 Hz, harmonisation de quelques marteaux et réglage de la mécanique, ' || i || case when i % 50 = 7 then '. PLS débranché, rebranché' else '' end end,
        now()
      from generate_series(1, 100000) as i
      """;

    private final Path repository;

    public ReportBench(Path repository) {
        this.repository = repository;
    }

    @Override
    public String name() {
        return "report";
    }

    @Override
    public void run(BenchReport report) throws Exception {
        report.logProgress("starting a system, writing 100,000 notes into its database");
        try (var stage = BenchEnvironment.start(repository, SampleSize.SMALL)) {
            fill(stage);
            var runs = new BenchRuns(stage.api());
            report.logProgress("first run: analyses all notes");
            report.figure("first run, note analysis included", BenchRuns.seconds(runs.report(true)), "s");
            stage.setGoogleLatency(ROUND_TRIP_MILLIS);
            try (var heap = new ServiceHeapMonitor(stage, LocalService.REPORT)) {
                fullRefresh(report, stage, runs);
                nothingNew(report, runs);
                report.atMost("peak heap of report-service", heap.peakMegabytes(), "MB", 160);
            }
        }
    }

    private static void fill(BenchEnvironment stage) throws SQLException {
        try (var connection = stage.database();
                var statement = connection.createStatement()) {
            statement.execute(
                    "insert into gazelle_clients (external_id, company_name) values ('cli_bu', 'UQAM'), ('cli_bv', 'Vincent-d''Indy'), ('cli_bp', 'Place des Arts'), ('cli_bx', 'Académie Tremblay')");
            statement.execute(
                    "insert into gazelle_pianos (external_id, make, model, serial_number, type, year, location) select 'ins_b' || i, 'Steinway', 'D', i, 'GRAND', 1990 + i % 30, 'Local ' || i from generate_series(0, 999) as i");
            statement.execute(NOTES);
            statement.execute("vacuum analyze gazelle_timeline_entries");
        }
    }

    private static void fullRefresh(BenchReport report, BenchEnvironment stage, BenchRuns runs) throws Exception {
        var ours = new ArrayList<Double>();
        var reading = new ArrayList<Double>();
        var bare = new ArrayList<Double>();
        JsonNode run = null;
        for (int i = 0; i < ROUNDS; i++) {
            bare.add(bareSeconds(stage));
            run = runs.report(true);
            ours.add(BenchRuns.seconds(run));
            reading.add(details(run).path("reading_seconds").asDouble());
            report.logProgress(
                    "full refresh, round %d: %.2f s, %.2f s of it reading; SQL statement alone %.2f s",
                    i + 1, ours.getLast(), reading.getLast(), bare.getLast());
        }
        report.series("full refresh, seconds", ours);
        report.figure("rows in the tabs", total(run), "");
        report.atMost("full refresh", SeriesStatistics.of(ours).median(), "s", 10);
        report.atMost("full refresh, calls", details(run).path("calls").asInt(), "", 12);
        report.figure("SQL statement alone", SeriesStatistics.of(bare).median(), "s");
        report.atMost(
                "reading and computing over SQL statement alone",
                SeriesStatistics.of(reading).median()
                        / SeriesStatistics.of(bare).median(),
                "x",
                1.5);
    }

    private static void nothingNew(BenchReport report, BenchRuns runs) throws Exception {
        var seconds = new ArrayList<Double>();
        JsonNode run = null;
        for (int i = 0; i < ROUNDS; i++) {
            run = runs.report(false);
            seconds.add(BenchRuns.seconds(run));
        }
        report.figure("no changes", SeriesStatistics.of(seconds).median(), "s");
        report.atMost("no changes, calls", details(run).path("calls").asInt(), "", 2);
    }

    private static double bareSeconds(BenchEnvironment stage) throws SQLException {
        long begin = System.nanoTime();
        long length = 0;
        try (var connection = stage.database();
                var statement =
                        connection.prepareStatement(ca.assistantgazelle.report.timeline.TimelineReport.entriesSql()
                                .replace("$1", "?"))) {
            statement.setArray(1, connection.createArrayOf("text", new String[] {"cli_bu", "cli_bv", "cli_bp"}));
            try (var rows = statement.executeQuery()) {
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    for (int column = 1; column <= columns; column++) {
                        var text = rows.getString(column);
                        length += text == null ? 0 : text.length();
                    }
                }
            }
        }
        if (length == 0) {
            throw new IllegalStateException("The statement returned no rows");
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private static JsonNode details(JsonNode run) {
        return run.path("attempts").path(0).path("details");
    }

    private static long total(JsonNode run) {
        long sum = 0;
        for (var tab : run.path("counts")) {
            sum += tab.path("total").asLong();
        }
        return sum;
    }
}

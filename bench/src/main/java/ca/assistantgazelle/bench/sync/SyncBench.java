package ca.assistantgazelle.bench.sync;

import ca.assistantgazelle.bench.Bench;
import ca.assistantgazelle.bench.HeapWatch;
import ca.assistantgazelle.bench.Report;
import ca.assistantgazelle.bench.Runs;
import ca.assistantgazelle.bench.Stage;
import ca.assistantgazelle.bench.Statistics;
import ca.assistantgazelle.gazelle.Query;
import ca.assistantgazelle.runner.plan.Sample;
import ca.assistantgazelle.runner.plan.Service;
import ca.assistantgazelle.scan.ScanMode;
import ca.assistantgazelle.scan.Window;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The main job at the company's volumes, beside a bare client and a bare loop. */
public final class SyncBench implements Bench {
  private static final int ROUNDS = 5;
  private static final int ROUND_TRIP_MILLIS = 50;
  private static final List<String> TABLES =
      List.of(
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
  public void run(Report report) throws Exception {
    report.say("starting a system with the full sample");
    try (var stage = Stage.start(repository, Sample.FULL);
        var heap = new HeapWatch(stage, Service.SYNC)) {
      var runs = new Runs(stage.api());
      firstFill(report, stage, runs);
      withRoundTrips(report, stage, runs);
      withoutRoundTrips(report, stage, runs);
      nothingChanged(report, stage, runs);
      report.atMost("peak heap of sync-service", heap.peakMegabytes(), "MB", 128);
    }
  }

  private static void firstFill(Report report, Stage stage, Runs runs) throws Exception {
    report.say("first fill, everything");
    double before = stage.cpuSeconds(Service.SYNC);
    var run = runs.sync("full");
    report.figure("first fill, rows", Runs.rows(run, "inserted"), "");
    report.figure("first fill", Runs.seconds(run), "s");
    report.figure(
        "first fill, rows per second", Runs.rows(run, "inserted") / Runs.seconds(run), "/s");
    report.figure("first fill, CPU", stage.cpuSeconds(Service.SYNC) - before, "s");
  }

  // A full scan without the old timeline is what a partial run reads.
  private static void withRoundTrips(Report report, Stage stage, Runs runs) throws Exception {
    stage.latency(ROUND_TRIP_MILLIS);
    var ours = new ArrayList<Double>();
    var bare = new ArrayList<Double>();
    long requests = 0;
    long pages = 0;
    for (int i = 0; i < ROUNDS; i++) {
      var client = client(stage);
      bare.add(seconds(() -> client.fetch(chains(), (kind, records) -> {})));
      pages = client.requests();
      empty(stage);
      var run = runs.sync("partial");
      ours.add(Runs.seconds(run));
      requests = run.path("attempts").path(0).path("details").path("requests").asLong();
      report.say(
          "%d ms per page, round %d: ours %.2f s, bare client %.2f s",
          ROUND_TRIP_MILLIS, i + 1, ours.getLast(), bare.getLast());
    }
    double anchor = Statistics.of(bare).median();
    double median = Statistics.of(ours).median();
    report.series("50 ms: ours, seconds", ours);
    report.series("50 ms: bare client, seconds", bare);
    report.figure("50 ms per page: bare client", anchor, "s");
    report.atMost("50 ms per page: ours", median, "s", 1.25 * anchor + 1);
    report.figure("50 ms per page: ratio", median / anchor, "x");
    report.figure("pages that must be read", pages, "");
    report.atMost("requests per page", requests / (double) pages, "", 1.1);
  }

  private static void withoutRoundTrips(Report report, Stage stage, Runs runs) throws Exception {
    stage.latency(0);
    var ours = new ArrayList<Double>();
    var bare = new ArrayList<Double>();
    var cpu = new ArrayList<Double>();
    long rows = 0;
    for (int i = 0; i < ROUNDS; i++) {
      var client = client(stage);
      try (var loop = new BareLoop(stage.database())) {
        bare.add(
            seconds(
                () -> {
                  client.fetch(chains(), loop::accept);
                  loop.finish();
                }));
      }
      empty(stage);
      double before = stage.cpuSeconds(Service.SYNC);
      var run = runs.sync("partial");
      cpu.add(stage.cpuSeconds(Service.SYNC) - before);
      ours.add(Runs.seconds(run));
      rows = Runs.rows(run, "inserted");
      report.say(
          "no delay, round %d: ours %.2f s, bare loop %.2f s",
          i + 1, ours.getLast(), bare.getLast());
    }
    double median = Statistics.of(ours).median();
    report.series("0 ms: ours, seconds", ours);
    report.series("0 ms: bare loop, seconds", bare);
    report.figure("no delay: ours", median, "s");
    report.figure("no delay: ours, rows per second", rows / median, "/s");
    report.figure("no delay: ours, CPU", Statistics.of(cpu).median(), "s");
    report.figure("no delay: bare fetch + hash + UNNEST", Statistics.of(bare).median(), "s");
    report.atMost("no delay: ratio", median / Statistics.of(bare).median(), "x", 3);
  }

  private static void nothingChanged(Report report, Stage stage, Runs runs) throws Exception {
    report.say("nothing changed");
    runs.sync("full");
    var before = versions(stage);
    var seconds = new ArrayList<Double>();
    JsonNode run = null;
    for (int i = 0; i < ROUNDS; i++) {
      run = runs.sync("partial");
      seconds.add(Runs.seconds(run));
    }
    report.figure("nothing changed: ours", Statistics.of(seconds).median(), "s");
    report.atMost(
        "nothing changed: rows written",
        Runs.rows(run, "inserted") + Runs.rows(run, "updated") + Runs.rows(run, "deleted"),
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

  private static BareClient client(Stage stage) {
    return new BareClient(stage.plan().gazelleUrl(), stage.plan().secrets().gazelleApiKey());
  }

  private static Map<Query, Map<String, Object>> chains() {
    var window = Window.of(ScanMode.PARTIAL, Clock.systemUTC().instant());
    var chains = new LinkedHashMap<Query, Map<String, Object>>();
    chains.put(Query.USERS, Map.of());
    chains.put(Query.PRODUCTS, Map.of());
    chains.put(Query.CLIENTS, Map.of());
    chains.put(Query.PIANOS, Map.of());
    chains.put(
        Query.EVENTS,
        Map.of("from", window.firstDay().toString(), "to", window.lastDay().toString()));
    chains.put(Query.TIMELINE, Map.of("since", window.since().toString()));
    return chains;
  }

  private static void empty(Stage stage) throws SQLException {
    try (var connection = stage.database();
        var statement = connection.createStatement()) {
      statement.execute("truncate " + String.join(", ", TABLES));
    }
  }

  private static Map<String, String> versions(Stage stage) throws SQLException {
    var versions = new LinkedHashMap<String, String>();
    try (var connection = stage.database();
        var statement = connection.createStatement()) {
      for (var table : TABLES) {
        try (var rows =
            statement.executeQuery(
                "select md5(string_agg(xmin::text || ctid::text, ',' order by ctid)) from "
                    + table)) {
          rows.next();
          versions.put(table, rows.getString(1));
        }
      }
    }
    return versions;
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

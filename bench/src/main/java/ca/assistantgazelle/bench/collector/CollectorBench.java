package ca.assistantgazelle.bench.collector;

import ca.assistantgazelle.bench.Bench;
import ca.assistantgazelle.bench.Report;
import ca.assistantgazelle.bench.Stage;
import ca.assistantgazelle.bench.Statistics;
import ca.assistantgazelle.runner.plan.Sample;
import ca.assistantgazelle.runner.plan.Service;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** How fast news of runs is written down, beside a bare batched consumer of the same messages. */
public final class CollectorBench implements Bench {
  private static final int ROUNDS = 5;
  private static final int RUNS = 6_000;
  private static final long LOOK_MILLIS = 20;

  private final Path repository;

  public CollectorBench(Path repository) {
    this.repository = repository;
  }

  @Override
  public String name() {
    return "collector";
  }

  @Override
  public void run(Report report) throws Exception {
    report.say("starting a system");
    try (var stage = Stage.start(repository, Sample.SMALL);
        var connection = stage.database();
        var news = new News(stage.kafka())) {
      var ledger = new Ledger(connection);
      var ours = new ArrayList<Double>();
      var bare = new ArrayList<Double>();
      // The first round warms both up and is not counted.
      for (int round = 0; round <= ROUNDS; round++) {
        var runs = ledger.open(RUNS);
        int events = backlog(stage, news, runs);
        double rate = rate(stage, events, () -> ledger.awaitClosed(runs));
        double anchor = new BareCollector(stage.kafka(), stage.database()).rate(events);
        if (round > 0) {
          ours.add(rate);
          bare.add(anchor);
        }
        report.say(
            "round %d: ours %.0f events/s, bare consumer %.0f events/s", round, rate, anchor);
      }
      var last = ledger.open(RUNS);
      long sent = collected(stage) + news.publish(last);
      ledger.awaitClosed(last);
      awaitCollected(stage, sent);
      long before = ledger.rows();
      long collected = collected(stage);
      int events = backlog(stage, news, last);
      double again = rate(stage, events, () -> awaitCollected(stage, collected + events));
      report.series("ours, events/s", ours);
      report.series("bare, events/s", bare);
      report.figure("bare batched consumer", Statistics.of(bare).median(), "/s");
      report.atLeast("ours", Statistics.of(ours).median(), "/s", 5_000);
      report.atLeast(
          "ours over bare", Statistics.of(ours).median() / Statistics.of(bare).median(), "x", 0.4);
      report.figure("delivered again", again, "/s");
      report.atMost("delivered again: rows added", (double) ledger.rows() - before, "", 0);
    }
  }

  private interface Waiting {
    void await() throws Exception;
  }

  // The scheduler stands still meanwhile: both drain what is there, neither waits for who writes
  // it.
  private static int backlog(Stage stage, News news, List<UUID> runs) throws Exception {
    stage.freeze(Service.SCHEDULER);
    try {
      return news.publish(runs);
    } catch (Exception e) {
      stage.thaw(Service.SCHEDULER);
      throw e;
    }
  }

  private static void awaitCollected(Stage stage, long events) throws Exception {
    while (collected(stage) < events) {
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private static long collected(Stage stage) throws Exception {
    return stage
        .metrics(Service.SCHEDULER)
        .lines()
        .filter(line -> line.startsWith("gazelle_lifecycle_collected_total"))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .mapToLong(value -> (long) Double.parseDouble(value))
        .findFirst()
        .orElseThrow();
  }

  private static double rate(Stage stage, int events, Waiting drained) throws Exception {
    long begin = System.nanoTime();
    stage.thaw(Service.SCHEDULER);
    drained.await();
    return events / ((System.nanoTime() - begin) / 1e9);
  }
}

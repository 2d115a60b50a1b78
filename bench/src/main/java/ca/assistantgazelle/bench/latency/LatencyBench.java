package ca.assistantgazelle.bench.latency;

import ca.assistantgazelle.bench.Bench;
import ca.assistantgazelle.bench.Report;
import ca.assistantgazelle.bench.Stage;
import ca.assistantgazelle.bench.Statistics;
import ca.assistantgazelle.operator.api.Following;
import ca.assistantgazelle.runner.plan.Sample;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** From a person's request to the job's own code, on an idle system. */
public final class LatencyBench implements Bench {
  private static final int WARM_UP = 100;
  private static final int RUNS = 120;
  private static final int HURRIED = 400;
  private static final long UNDISTURBED_MILLIS = 150;
  private static final String JOB = "sync_gazelle_2h";

  private final Path repository;

  public LatencyBench(Path repository) {
    this.repository = repository;
  }

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public void run(Report report) throws Exception {
    report.say("starting a system");
    try (var stage = Stage.start(repository, Sample.SMALL);
        var exchange = new BareExchange(stage.kafka())) {
      var triggers = new Triggers(stage.kafka());
      var entered = new ArrayList<Double>();
      var handled = new ArrayList<Double>();
      var bare = new ArrayList<Double>();
      for (int i = -WARM_UP; i < RUNS; i++) {
        var asked = Clock.systemUTC().instant();
        var runId = stage.api().post("/api/scheduler/run/" + JOB, null).path("run_id").asText();
        // Whoever asks how it goes takes the cores from those who do it.
        Thread.sleep(UNDISTURBED_MILLIS);
        var at = entered(stage, runId);
        var published = triggers.published(runId);
        double exchanged = onceIdle(exchange);
        if (i >= 0) {
          entered.add(millis(asked, at));
          handled.add(millis(published, at));
          bare.add(exchanged);
        }
        if (i % 30 == 0) {
          report.say("run %d of %d", i + WARM_UP, RUNS + WARM_UP);
        }
      }
      judge(report, entered, handled, bare);
      report.figure("bare exchanges without a pause, p50", hurried(exchange), "ms");
    }
  }

  /** The first line of a run's log is written as its code is entered. */
  private static Instant entered(Stage stage, String runId) throws Exception {
    var run =
        new Following(stage.api(), line -> {}).follow(runId, Duration.ofMinutes(2)).orElseThrow();
    var first = run.path("log_tail").path(0).asText();
    return Instant.parse(first.substring(0, first.indexOf(' ')));
  }

  /** On a system as idle as the one that is asked for a run: nothing else would compare. */
  private static double onceIdle(BareExchange exchange) throws Exception {
    Thread.sleep(UNDISTURBED_MILLIS);
    double millis = exchange.millis();
    Thread.sleep(UNDISTURBED_MILLIS);
    return millis;
  }

  /** One right after the other: the broker's threads and the caches stay awake. */
  private static double hurried(BareExchange exchange) throws Exception {
    var millis = new ArrayList<Double>();
    for (int i = 0; i < HURRIED; i++) {
      millis.add(exchange.millis());
    }
    return Statistics.of(millis).median();
  }

  private static void judge(
      Report report, List<Double> entered, List<Double> handled, List<Double> bare) {
    var request = Statistics.of(entered);
    var anchor = Statistics.of(bare);
    report.series("request to code, ms", entered);
    report.series("published to code, ms", handled);
    report.series("bare exchange, ms", bare);
    report.figure("bare produce to consume, p50", anchor.median(), "ms");
    report.figure("bare produce to consume, p99", anchor.percentile(0.99), "ms");
    report.atMost("request to job code, p50", request.median(), "ms", 20);
    report.atMost("request to job code, p99", request.percentile(0.99), "ms", 100);
    report.figure("trigger published to job code, p50", Statistics.of(handled).median(), "ms");
    report.atMost(
        "request to job code, p50 over bare p50", request.median() / anchor.median(), "x", 5);
    report.atMost(
        "request to job code, p99 over bare p99",
        request.percentile(0.99) / anchor.percentile(0.99),
        "x",
        5);
  }

  private static double millis(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e6;
  }
}

package ca.assistantgazelle.bench.latency;

import ca.assistantgazelle.bench.BenchEnvironment;
import ca.assistantgazelle.bench.BenchReport;
import ca.assistantgazelle.bench.BenchmarkScenario;
import ca.assistantgazelle.bench.SeriesStatistics;
import ca.assistantgazelle.cli.client.RunFollower;
import ca.assistantgazelle.runner.plan.SampleSize;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Latency from an HTTP request to the start of the job's code, on an idle system. */
public final class LatencyBench implements BenchmarkScenario {
    private static final int WARM_UP = 100;
    private static final int RUNS = 120;
    private static final int BACK_TO_BACK_EXCHANGES = 400;
    private static final long IDLE_MILLIS = 150;
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
    public void run(BenchReport report) throws Exception {
        report.logProgress("starting a system");
        try (var stage = BenchEnvironment.start(repository, SampleSize.SMALL);
                var exchange = new BareKafkaExchange(stage.kafka())) {
            var triggers = new TriggerTimestamps(stage.kafka());
            var entered = new ArrayList<Double>();
            var handled = new ArrayList<Double>();
            var bare = new ArrayList<Double>();
            for (int i = -WARM_UP; i < RUNS; i++) {
                var asked = Clock.systemUTC().instant();
                var runId = stage.api()
                        .post("/api/scheduler/run/" + JOB, null)
                        .path("run_id")
                        .asText();
                // Polling now would compete for the CPU with the run being measured.
                Thread.sleep(IDLE_MILLIS);
                var at = enteredAt(stage, runId);
                var published = triggers.published(runId);
                double exchanged = idleMillis(exchange);
                if (i >= 0) {
                    entered.add(millis(asked, at));
                    handled.add(millis(published, at));
                    bare.add(exchanged);
                }
                if (i % 30 == 0) {
                    report.logProgress("run %d of %d", i + WARM_UP, RUNS + WARM_UP);
                }
            }
            evaluate(report, entered, handled, bare);
            report.figure("bare exchanges without a pause, p50", backToBackMillis(exchange), "ms");
        }
    }

    /** When the job's code started: the time of the first line of the run's log. */
    private static Instant enteredAt(BenchEnvironment stage, String runId) throws Exception {
        var run = new RunFollower(stage.api(), line -> {})
                .follow(runId, Duration.ofMinutes(2))
                .orElseThrow();
        var first = run.path("log_tail").path(0).asText();
        return Instant.parse(first.substring(0, first.indexOf(' ')));
    }

    /** One exchange on an idle system, to be comparable with the measured runs. */
    private static double idleMillis(BareKafkaExchange exchange) throws Exception {
        Thread.sleep(IDLE_MILLIS);
        double millis = exchange.millis();
        Thread.sleep(IDLE_MILLIS);
        return millis;
    }

    /** Median of back-to-back exchanges, with warm broker threads and caches. */
    private static double backToBackMillis(BareKafkaExchange exchange) throws Exception {
        var millis = new ArrayList<Double>();
        for (int i = 0; i < BACK_TO_BACK_EXCHANGES; i++) {
            millis.add(exchange.millis());
        }
        return SeriesStatistics.of(millis).median();
    }

    private static void evaluate(BenchReport report, List<Double> entered, List<Double> handled, List<Double> bare) {
        var request = SeriesStatistics.of(entered);
        var baseline = SeriesStatistics.of(bare);
        report.series("request to code, ms", entered);
        report.series("published to code, ms", handled);
        report.series("bare exchange, ms", bare);
        report.figure("bare produce to consume, p50", baseline.median(), "ms");
        report.figure("bare produce to consume, p99", baseline.percentile(0.99), "ms");
        report.atMost("request to job code, p50", request.median(), "ms", 20);
        report.atMost("request to job code, p99", request.percentile(0.99), "ms", 100);
        report.figure(
                "trigger published to job code, p50",
                SeriesStatistics.of(handled).median(),
                "ms");
        report.atMost("request to job code, p50 over bare p50", request.median() / baseline.median(), "x", 5);
        report.atMost(
                "request to job code, p99 over bare p99", request.percentile(0.99) / baseline.percentile(0.99), "x", 5);
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }
}

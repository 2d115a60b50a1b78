package ca.assistantgazelle.bench.collector;

import ca.assistantgazelle.bench.BenchEnvironment;
import ca.assistantgazelle.bench.BenchReport;
import ca.assistantgazelle.bench.BenchmarkScenario;
import ca.assistantgazelle.bench.SeriesStatistics;
import ca.assistantgazelle.runner.plan.LocalService;
import ca.assistantgazelle.runner.plan.SampleSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Throughput of the lifecycle consumer, compared with a bare consumer of the same events. */
public final class LifecycleConsumerBench implements BenchmarkScenario {
    private static final int ROUNDS = 5;
    private static final int RUNS = 6_000;
    private static final long POLL_MILLIS = 20;

    private final Path repository;

    public LifecycleConsumerBench(Path repository) {
        this.repository = repository;
    }

    @Override
    public String name() {
        return "collector";
    }

    @Override
    public void run(BenchReport report) throws Exception {
        report.logProgress("starting a system");
        try (var stage = BenchEnvironment.start(repository, SampleSize.SMALL);
                var connection = stage.database();
                var publisher = new BenchEventPublisher(stage.kafka())) {
            var ledger = new BenchLedger(connection);
            var rates = new ArrayList<Double>();
            var baselines = new ArrayList<Double>();
            // The first round is a warm-up and is not counted.
            for (int round = 0; round <= ROUNDS; round++) {
                var runs = ledger.insertRuns(RUNS);
                int events = publishBacklog(stage, publisher, runs);
                double rate = rate(stage, events, () -> ledger.awaitSucceeded(runs));
                double baseline = new BareLifecycleConsumer(stage.kafka(), stage.database()).rate(events);
                if (round > 0) {
                    rates.add(rate);
                    baselines.add(baseline);
                }
                report.logProgress("round %d: %.0f events/s, bare consumer %.0f events/s", round, rate, baseline);
            }
            var last = ledger.insertRuns(RUNS);
            long sent = collectedEvents(stage) + publisher.publish(last);
            ledger.awaitSucceeded(last);
            awaitCollected(stage, sent);
            long before = ledger.countRows();
            long collected = collectedEvents(stage);
            int events = publishBacklog(stage, publisher, last);
            double again = rate(stage, events, () -> awaitCollected(stage, collected + events));
            reportRates(report, rates, baselines);
            report.figure("redelivered", again, "/s");
            report.atMost("redelivered: rows added", (double) ledger.countRows() - before, "", 0);
        }
    }

    private static void reportRates(BenchReport report, List<Double> rates, List<Double> baselines) {
        double rate = SeriesStatistics.of(rates).median();
        double baseline = SeriesStatistics.of(baselines).median();
        report.series("lifecycle consumer, events/s", rates);
        report.series("bare consumer, events/s", baselines);
        report.figure("bare batched consumer", baseline, "/s");
        report.atLeast("lifecycle consumer", rate, "/s", 5_000);
        report.atLeast("lifecycle consumer over bare", rate / baseline, "x", 0.4);
    }

    private interface BacklogWait {
        void await() throws Exception;
    }

    // The scheduler is suspended meanwhile, so that both consumers drain a complete backlog and never
    // wait for the producer.
    private static int publishBacklog(BenchEnvironment stage, BenchEventPublisher publisher, List<UUID> runs)
            throws Exception {
        stage.suspend(LocalService.SCHEDULER);
        try {
            return publisher.publish(runs);
        } catch (Exception e) {
            stage.resume(LocalService.SCHEDULER);
            throw e;
        }
    }

    private static void awaitCollected(BenchEnvironment stage, long events) throws Exception {
        while (collectedEvents(stage) < events) {
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static long collectedEvents(BenchEnvironment stage) throws Exception {
        return stage.metrics(LocalService.SCHEDULER)
                .lines()
                .filter(line -> line.startsWith("gazelle_lifecycle_consumed_total"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .mapToLong(value -> (long) Double.parseDouble(value))
                .findFirst()
                .orElseThrow();
    }

    private static double rate(BenchEnvironment stage, int events, BacklogWait drained) throws Exception {
        long begin = System.nanoTime();
        stage.resume(LocalService.SCHEDULER);
        drained.await();
        return events / ((System.nanoTime() - begin) / 1e9);
    }
}

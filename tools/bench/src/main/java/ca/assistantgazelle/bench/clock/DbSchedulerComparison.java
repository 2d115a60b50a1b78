package ca.assistantgazelle.bench.clock;

import ca.assistantgazelle.bench.BenchReport;
import ca.assistantgazelle.bench.SeriesStatistics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;

/** Measures db-scheduler on the same PostgreSQL in the same run. */
record DbSchedulerComparison(ClockBenchEnvironment place, Clock clock) {
    private static final int BURST = 10_000;
    private static final int SINGLES = 60;

    record DbSchedulerFigures(
            double coldPerSecond, double perSecond, SeriesStatistics latency, SeriesStatistics immediate) {}

    DbSchedulerFigures measure(BenchReport report) throws Exception {
        double cold;
        double warm;
        SeriesStatistics latency;
        try (var baseline = new DbSchedulerBaseline(place.postgres(), false)) {
            report.logProgress("db-scheduler: twice %d executions at one instant", BURST);
            baseline.start();
            cold = burst(baseline, "cold-");
            warm = burst(baseline, "warm-");
            report.logProgress("db-scheduler: %d single executions", SINGLES);
            latency = singles(baseline, false);
        }
        try (var baseline = new DbSchedulerBaseline(place.postgres(), true)) {
            baseline.start();
            report.logProgress("db-scheduler, immediate mode: %d single executions", SINGLES);
            return new DbSchedulerFigures(cold, warm, latency, singles(baseline, true));
        }
    }

    private double burst(DbSchedulerBaseline baseline, String prefix) throws Exception {
        var due = clock.instant().plusSeconds(4);
        baseline.scheduleBatch(prefix, BURST, due);
        return BURST / last(baseline.await(prefix, BURST), prefix, due);
    }

    private SeriesStatistics singles(DbSchedulerBaseline baseline, boolean immediate) throws Exception {
        var dues = new ArrayList<Instant>();
        for (int i = 0; i < SINGLES; i++) {
            var due = immediate ? clock.instant() : clock.instant().plusMillis(1_000);
            dues.add(due);
            baseline.schedule("single-" + i, due);
            Thread.sleep(317);
        }
        var started = baseline.await("single-", SINGLES);
        var millis = new ArrayList<Double>();
        for (int i = SINGLES / 6; i < SINGLES; i++) {
            millis.add(Duration.between(dues.get(i), started.get("single-" + i)).toNanos() / 1e6);
        }
        return SeriesStatistics.of(millis);
    }

    private static double last(Map<String, Instant> started, String prefix, Instant due) {
        return started.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .mapToDouble(entry -> Duration.between(due, entry.getValue()).toNanos() / 1e9)
                .max()
                .orElseThrow();
    }
}

package ca.assistantgazelle.bench.clock;

import ca.assistantgazelle.bench.BenchReport;
import ca.assistantgazelle.bench.BenchmarkScenario;
import ca.assistantgazelle.bench.SeriesStatistics;
import ca.assistantgazelle.contract.topic.WorkerKind;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Measures the time from due to published with two schedulers: ten thousand fires at one instant, with and without a
 * hundred thousand future rows, and with a scheduler killed halfway; then single fires on an idle system. The baseline
 * is db-scheduler on the same PostgreSQL. The first burst runs on cold JVMs: it must meet its deadline, but rates come
 * from the next, for both systems.
 */
public final class SchedulerBench implements BenchmarkScenario {
    private static final int JOBS = 10_000;
    private static final int SINGLES = 120;
    private static final int FUTURE = 100_000;

    private final Path repository;
    private final Clock clock = Clock.systemUTC();

    public SchedulerBench(Path repository) {
        this.repository = repository;
    }

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public void run(BenchReport report) throws Exception {
        report.logProgress("starting PostgreSQL, a broker and two schedulers");
        try (var place = new ClockBenchEnvironment()) {
            var first = clock.instant().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(2));
            var second = first.plus(Duration.ofMinutes(2));
            var third = second.plus(Duration.ofMinutes(2));
            var fourth = third.plus(Duration.ofMinutes(2));
            place.schedulers(repository, catalogue(first, second, third, fourth), 2);
            try (var arrivals = new TriggerArrivals(place.kafka(), WorkerKind.BACKUP.triggerTopic())) {
                awaitCatalogueLoaded(place);
                var cold = burst(report, place, arrivals, first);
                vacuumAndCheckpoint(place);
                var alone = burst(report, place, arrivals, second);
                var singles = singles(report, place, arrivals);
                report.logProgress("inserting %d future rows", FUTURE);
                place.update(
                        "insert into automation.job_state (job, schedule, planned_until, next_at) select 'future_' || i, '{}', now(), '2100-01-01' from generate_series(1, "
                                + FUTURE
                                + ") as i");
                vacuumAndCheckpoint(place);
                var crowded = burst(report, place, arrivals, third);
                var killed = burstWithKilledScheduler(report, place, arrivals, fourth);
                place.stopSchedulers();
                var bursts = new BurstResults(cold, alone, crowded, killed);
                evaluate(report, bursts, singles, new DbSchedulerComparison(place, clock).measure(report));
            } finally {
                place.stopSchedulers();
            }
        }
    }

    // Gives the compared bursts equal conditions: the first write to a page after a checkpoint logs
    // the whole page (full-page write).
    private static void vacuumAndCheckpoint(ClockBenchEnvironment place) throws Exception {
        place.update("vacuum analyze automation.job_state, automation.run, automation.outbox");
        place.update("checkpoint");
    }

    private static String catalogue(Instant... dues) {
        var minutes = new ArrayList<String>();
        for (var due : dues) {
            minutes.add(Integer.toString(due.atOffset(ZoneOffset.UTC).getMinute()));
        }
        var yaml = new StringBuilder("zone: Etc/UTC\njobs:\n");
        IntStream.range(0, JOBS)
                .forEach(
                        i -> yaml.append("  job_")
                                .append(i)
                                .append(": {worker: backup, schedule: [\"")
                                .append(String.join(",", minutes))
                                .append(
                                        " * * * *\"], attempts: 3, max_lateness: PT1H, expected: PT1M, hard_limit: PT1H, drain: PT1M}\n"));
        return yaml.toString();
    }

    private static void awaitCatalogueLoaded(ClockBenchEnvironment place) throws Exception {
        while (place.count("select count(*) from automation.job_state") < JOBS) {
            Thread.sleep(100);
        }
    }

    private void sleepUntil(Instant moment) throws InterruptedException {
        var rest = Duration.between(clock.instant(), moment).toMillis();
        if (rest > 0) {
            Thread.sleep(rest);
        }
    }

    private record BurstResult(double first, double last, int duplicates) {}

    private record BurstResults(BurstResult cold, BurstResult alone, BurstResult crowded, BurstResult killed) {}

    private BurstResult burst(BenchReport report, ClockBenchEnvironment place, TriggerArrivals arrivals, Instant due)
            throws Exception {
        return burst(report, place, arrivals, due, false);
    }

    private BurstResult burstWithKilledScheduler(
            BenchReport report, ClockBenchEnvironment place, TriggerArrivals arrivals, Instant due) throws Exception {
        return burst(report, place, arrivals, due, true);
    }

    private BurstResult burst(
            BenchReport report, ClockBenchEnvironment place, TriggerArrivals arrivals, Instant due, boolean death)
            throws Exception {
        place.update("update automation.run set status = 'success', finished_at = now() where status <> 'success'");
        report.logProgress("%d fires at %s%s", JOBS, due, death ? ", one scheduler killed halfway" : "");
        arrivals.clear();
        sleepUntil(due.minusMillis(500));
        var killed = new boolean[1];
        arrivals.await(JOBS, seen -> {
            if (death && !killed[0] && seen.count() > JOBS / 4) {
                killed[0] = true;
                kill(place);
            }
        });
        report.logProgress("%d triggers, %d duplicates", arrivals.count(), arrivals.duplicates());
        return new BurstResult(arrivals.firstAfter(due), arrivals.lastAfter(due), arrivals.duplicates());
    }

    private static void kill(ClockBenchEnvironment place) {
        try {
            place.schedulers().getFirst().kill();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    // A cron job fires at most once a minute. A due retry takes the same path through clock, ledger,
    // outbox and relay, at any instant.
    private List<Double> singles(BenchReport report, ClockBenchEnvironment place, TriggerArrivals arrivals)
            throws Exception {
        place.update("update automation.run set status = 'success', finished_at = now() where status <> 'success'");
        report.logProgress("%d single retries on an idle system", SINGLES);
        arrivals.clear();
        var begin = clock.instant().plusSeconds(2);
        var dues = new ArrayList<Instant>();
        var ids = new ArrayList<UUID>();
        try (var connection = place.postgres().connect();
                var statement = connection.prepareStatement("""
                insert into automation.run (run_id, job, cause, scheduled_for, status, attempt, max_attempts, next_attempt_at)
                values (?, ?, 'MANUAL', now(), 'waiting_retry', 1, 3, ?::timestamptz)
                """)) {
            for (int i = 0; i < SINGLES; i++) {
                var due = begin.plusMillis(i * 317L);
                dues.add(due);
                ids.add(UUID.randomUUID());
                statement.setObject(1, ids.getLast());
                statement.setString(2, "job_" + i);
                statement.setString(3, due.toString());
                statement.executeUpdate();
            }
        }
        arrivals.await(SINGLES, seen -> {});
        var millis = new ArrayList<Double>();
        for (int i = SINGLES / 6; i < SINGLES; i++) {
            var arrival = arrivals.arrival(ids.get(i) + ":2");
            millis.add(Duration.between(dues.get(i), arrival).toNanos() / 1e6);
        }
        return millis;
    }

    private static void evaluate(
            BenchReport report,
            BurstResults bursts,
            List<Double> singles,
            DbSchedulerComparison.DbSchedulerFigures baseline) {
        var single = SeriesStatistics.of(singles);
        var cold = bursts.cold();
        report.series("due to consumed, ms", singles);
        report.atMost("due to trigger consumed, idle, p50", single.median(), "ms", 20);
        report.atMost("due to trigger consumed, idle, p99", single.percentile(0.99), "ms", 100);
        report.atLeast("minimum delay after due time, idle", single.percentile(0), "ms", 0);
        report.atLeast("minimum delay after due time, burst", cold.first() * 1_000, "ms", 0);
        report.atMost("10,000 fires, first burst: last one published", cold.last(), "s", 5);
        report.atMost(
                "10,000 fires, next burst: last one published", bursts.alone().last(), "s", 5);
        report.atMost(
                "10,000 fires: duplicates", cold.duplicates() + bursts.alone().duplicates(), "", 0);
        compare(report, bursts, single, baseline);
    }

    private static void compare(
            BenchReport report,
            BurstResults bursts,
            SeriesStatistics single,
            DbSchedulerComparison.DbSchedulerFigures baseline) {
        var cold = bursts.cold();
        double rate = JOBS / bursts.alone().last();
        report.figure("executions per second", rate, "1/s");
        report.figure("db-scheduler: executions per second", baseline.perSecond(), "1/s");
        report.atLeast("executions per second over db-scheduler", rate / baseline.perSecond(), "x", 1);
        report.figure(
                "first bursts: executions per second over db-scheduler",
                JOBS / cold.last() / baseline.coldPerSecond(),
                "x");
        report.atLeast(
                "throughput with 100,000 future rows over without",
                bursts.alone().last() / bursts.crowded().last(),
                "x",
                0.8);
        report.atMost(
                "one scheduler killed halfway: last one published",
                bursts.killed().last(),
                "s",
                5);
        report.figure(
                "one scheduler killed halfway: duplicates", bursts.killed().duplicates(), "");
        compareLatency(report, single, baseline);
    }

    private static void compareLatency(
            BenchReport report, SeriesStatistics single, DbSchedulerComparison.DbSchedulerFigures baseline) {
        report.figure("db-scheduler: start latency p50", baseline.latency().median(), "ms");
        report.figure("db-scheduler: start latency p99", baseline.latency().percentile(0.99), "ms");
        report.figure("db-scheduler immediate: p50", baseline.immediate().median(), "ms");
        report.figure("db-scheduler immediate: p99", baseline.immediate().percentile(0.99), "ms");
        report.atMost(
                "start latency p50 over db-scheduler",
                single.median() / baseline.latency().median(),
                "x",
                1);
        report.atMost(
                "start latency p99 over db-scheduler",
                single.percentile(0.99) / baseline.latency().percentile(0.99),
                "x",
                1);
    }
}

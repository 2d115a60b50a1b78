package ca.assistantgazelle.bench;

import ca.assistantgazelle.bench.alerts.AlertsBench;
import ca.assistantgazelle.bench.backup.BackupBench;
import ca.assistantgazelle.bench.clock.SchedulerBench;
import ca.assistantgazelle.bench.collector.LifecycleConsumerBench;
import ca.assistantgazelle.bench.latency.LatencyBench;
import ca.assistantgazelle.bench.report.ReportBench;
import ca.assistantgazelle.bench.startup.StartupBench;
import ca.assistantgazelle.bench.sync.SyncBench;
import ca.assistantgazelle.bench.upsert.UpsertBench;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** {@code ./gazelle bench [name …]}. Exit code 1 if a target was missed, 2 for an unknown name. */
public final class BenchCommand {
    private BenchCommand() {}

    public static void main(String[] names) throws Exception {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var repository = Path.of(System.getProperty("gazelle.repository", "."))
                .toAbsolutePath()
                .normalize();
        var all = List.of(
                new UpsertBench(),
                new SyncBench(repository),
                new LatencyBench(repository),
                new LifecycleConsumerBench(repository),
                new SchedulerBench(repository),
                new ReportBench(repository),
                new AlertsBench(repository),
                new BackupBench(repository),
                new StartupBench(repository));
        var known = all.stream().map(BenchmarkScenario::name).toList();
        for (var name : names) {
            if (!known.contains(name)) {
                out.println("Unknown benchmark '" + name + "'. Supported: " + known);
                System.exit(2);
            }
        }
        var selected = all.stream()
                .filter(bench -> names.length == 0 || List.of(names).contains(bench.name()))
                .toList();
        System.exit(run(selected, repository.resolve("target/bench"), out) ? 0 : 1);
    }

    // A benchmark that fails leaves threads behind, which would keep the process alive.
    private static boolean run(List<BenchmarkScenario> benches, Path results, PrintStream out) {
        boolean met = true;
        try {
            for (var bench : benches) {
                out.println("bench " + bench.name());
                var report = new BenchReport(bench.name(), out);
                bench.run(report);
                report.print();
                report.write(results);
                met &= report.met();
            }
        } catch (Exception e) {
            e.printStackTrace(out);
            return false;
        }
        out.println();
        out.println("JSON: " + results);
        return met;
    }
}

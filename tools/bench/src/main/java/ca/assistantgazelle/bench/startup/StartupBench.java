package ca.assistantgazelle.bench.startup;

import ca.assistantgazelle.bench.BenchEnvironment;
import ca.assistantgazelle.bench.BenchReport;
import ca.assistantgazelle.bench.BenchmarkScenario;
import ca.assistantgazelle.bench.ProcessCpuTime;
import ca.assistantgazelle.bench.SeriesStatistics;
import ca.assistantgazelle.emulators.LoopbackPorts;
import ca.assistantgazelle.runner.plan.LocalService;
import ca.assistantgazelle.runner.plan.SampleSize;
import ca.assistantgazelle.runner.process.JavaCommandLine;
import ca.assistantgazelle.runner.process.ReadinessProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Startup time and CPU time of each service until ready, without and with its CDS archive. */
public final class StartupBench implements BenchmarkScenario {
    private static final int ROUNDS = 5;
    private static final double MAX_CPU_SECONDS = 3;

    private final Path repository;

    public StartupBench(Path repository) {
        this.repository = repository;
    }

    @Override
    public String name() {
        return "startup";
    }

    private record StartupTime(double seconds, double cpu) {}

    @Override
    public void run(BenchReport report) throws Exception {
        report.logProgress("starting a system for the database and broker");
        var archives = Files.createTempDirectory("gazelle-archives-");
        try (var stage = BenchEnvironment.start(repository, SampleSize.SMALL)) {
            for (var service : LocalService.values()) {
                report.logProgress("%s", service.serviceName());
                // Without an archive: the file does not exist, and a killed JVM does not write one.
                var without = measure(stage, service, archives.resolve("none.jsa"), true);
                var archive = archives.resolve(service.serviceName() + ".jsa");
                start(stage, service, archive, false);
                var with = measure(stage, service, archive, true);
                report.figure(service.serviceName() + ": ready, no archive", seconds(without), "s");
                report.figure(service.serviceName() + ": CPU, no archive", cpu(without), "s");
                report.figure(service.serviceName() + ": ready", seconds(with), "s");
                report.atMost(service.serviceName() + ": CPU", cpu(with), "s", MAX_CPU_SECONDS);
                Files.deleteIfExists(archive);
            }
            report.atMost("./gazelle jobs: CPU", commandLine(stage), "s", 0.5);
        }
        Files.delete(archives);
    }

    private static List<StartupTime> measure(BenchEnvironment stage, LocalService service, Path archive, boolean kill)
            throws IOException, InterruptedException {
        var starts = new ArrayList<StartupTime>();
        for (int i = 0; i < ROUNDS; i++) {
            starts.add(start(stage, service, archive, kill));
        }
        return starts;
    }

    private static StartupTime start(BenchEnvironment stage, LocalService service, Path archive, boolean kill)
            throws IOException, InterruptedException {
        int port = LoopbackPorts.findFree();
        var builder = new ProcessBuilder(JavaCommandLine.command(
                128,
                archive,
                "-jar",
                service.jar(stage.plan().home().repository()).toString()));
        builder.environment().clear();
        builder.environment().putAll(stage.plan().variables(service));
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        long begin = System.nanoTime();
        var process = builder.start();
        while (!ReadinessProbe.isReady("http://127.0.0.1:" + port)) {
            if (!process.isAlive()) {
                throw new IllegalStateException(service.serviceName() + " exited before it was ready");
            }
            Thread.sleep(10);
        }
        var start = new StartupTime((System.nanoTime() - begin) / 1e9, ProcessCpuTime.seconds(process.pid()));
        if (kill) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
        process.waitFor();
        return start;
    }

    /** CPU time of the launcher script and its JVM; the first call is not counted. */
    private double commandLine(BenchEnvironment stage) throws IOException, InterruptedException {
        var seconds = new ArrayList<Double>();
        for (int i = 0; i <= ROUNDS; i++) {
            var process = new ProcessBuilder(
                            "bash",
                            "-c",
                            "./gazelle jobs --url \"$1\" >/dev/null; times",
                            "bench",
                            stage.plan().gatewayUrl())
                    .directory(repository.toFile())
                    .start();
            var times = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            process.waitFor();
            // The second line holds user and system time of the children: 0m0.266s 0m0.049s
            double cpu = 0;
            for (var part : times.get(1).split(" ")) {
                var minutes = part.substring(0, part.indexOf('m'));
                cpu += 60 * Double.parseDouble(minutes)
                        + Double.parseDouble(part.substring(part.indexOf('m') + 1, part.length() - 1));
            }
            if (i > 0) {
                seconds.add(cpu);
            }
        }
        return SeriesStatistics.of(seconds).median();
    }

    private static double seconds(List<StartupTime> starts) {
        return SeriesStatistics.of(starts.stream().map(StartupTime::seconds).toList())
                .median();
    }

    private static double cpu(List<StartupTime> starts) {
        return SeriesStatistics.of(starts.stream().map(StartupTime::cpu).toList())
                .median();
    }
}

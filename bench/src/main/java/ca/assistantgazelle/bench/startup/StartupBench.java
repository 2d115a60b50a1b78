package ca.assistantgazelle.bench.startup;

import ca.assistantgazelle.bench.Bench;
import ca.assistantgazelle.bench.Cpu;
import ca.assistantgazelle.bench.Report;
import ca.assistantgazelle.bench.Stage;
import ca.assistantgazelle.bench.Statistics;
import ca.assistantgazelle.peers.Ports;
import ca.assistantgazelle.runner.plan.Sample;
import ca.assistantgazelle.runner.plan.Service;
import ca.assistantgazelle.runner.process.Java;
import ca.assistantgazelle.runner.process.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a service costs until it is ready: without its class archive, and with it. */
public final class StartupBench implements Bench {
  private static final int ROUNDS = 5;
  private static final double MOST_CPU_SECONDS = 3;

  private final Path repository;

  public StartupBench(Path repository) {
    this.repository = repository;
  }

  @Override
  public String name() {
    return "startup";
  }

  private record Start(double seconds, double cpu) {}

  @Override
  public void run(Report report) throws Exception {
    report.say("starting a system, for its database and broker");
    var archives = Files.createTempDirectory("gazelle-archives-");
    try (var stage = Stage.start(repository, Sample.SMALL)) {
      for (var service : Service.values()) {
        report.say("%s", service.word());
        // Nothing can be read from an archive that is not there, and a killed JVM writes none.
        var without = measure(stage, service, archives.resolve("none.jsa"), true);
        var archive = archives.resolve(service.word() + ".jsa");
        start(stage, service, archive, false);
        var with = measure(stage, service, archive, true);
        report.figure(service.word() + ": ready, no archive", seconds(without), "s");
        report.figure(service.word() + ": CPU, no archive", cpu(without), "s");
        report.figure(service.word() + ": ready", seconds(with), "s");
        report.atMost(service.word() + ": CPU", cpu(with), "s", MOST_CPU_SECONDS);
        Files.deleteIfExists(archive);
      }
      report.atMost("./gazelle jobs: CPU", commandLine(stage), "s", 0.5);
    }
    Files.delete(archives);
  }

  private static List<Start> measure(Stage stage, Service service, Path archive, boolean kill)
      throws IOException, InterruptedException {
    var starts = new ArrayList<Start>();
    for (int i = 0; i < ROUNDS; i++) {
      starts.add(start(stage, service, archive, kill));
    }
    return starts;
  }

  private static Start start(Stage stage, Service service, Path archive, boolean kill)
      throws IOException, InterruptedException {
    int port = Ports.free();
    var builder =
        new ProcessBuilder(
            Java.command(
                128, archive, "-jar", service.jar(stage.plan().home().repository()).toString()));
    builder.environment().clear();
    builder.environment().putAll(stage.plan().variables(service));
    builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    long begin = System.nanoTime();
    var process = builder.start();
    while (!Probe.isReady("http://127.0.0.1:" + port)) {
      if (!process.isAlive()) {
        throw new IllegalStateException(service.word() + " ended before it was ready");
      }
      Thread.sleep(10);
    }
    var start = new Start((System.nanoTime() - begin) / 1e9, Cpu.seconds(process.pid()));
    if (kill) {
      process.destroyForcibly();
    } else {
      process.destroy();
    }
    process.waitFor();
    return start;
  }

  /** The launcher's bash and the JVM together, from the second call on. */
  private double commandLine(Stage stage) throws IOException, InterruptedException {
    var seconds = new ArrayList<Double>();
    for (int i = 0; i <= ROUNDS; i++) {
      var process =
          new ProcessBuilder(
                  "bash",
                  "-c",
                  "./gazelle jobs --url \"$1\" >/dev/null; times",
                  "bench",
                  stage.plan().gatewayUrl())
              .directory(repository.toFile())
              .start();
      var times =
          new String(
                  process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
              .lines()
              .toList();
      process.waitFor();
      // The second line holds user and system time of the children: 0m0.266s 0m0.049s
      double cpu = 0;
      for (var part : times.get(1).split(" ")) {
        var minutes = part.substring(0, part.indexOf('m'));
        cpu +=
            60 * Double.parseDouble(minutes)
                + Double.parseDouble(part.substring(part.indexOf('m') + 1, part.length() - 1));
      }
      if (i > 0) {
        seconds.add(cpu);
      }
    }
    return Statistics.of(seconds).median();
  }

  private static double seconds(List<Start> starts) {
    return Statistics.of(starts.stream().map(Start::seconds).toList()).median();
  }

  private static double cpu(List<Start> starts) {
    return Statistics.of(starts.stream().map(Start::cpu).toList()).median();
  }
}

package ca.assistantgazelle.runner.command;

import ca.assistantgazelle.emulators.LoopbackPorts;
import ca.assistantgazelle.runner.firstrun.FirstRun;
import ca.assistantgazelle.runner.plan.External;
import ca.assistantgazelle.runner.plan.Home;
import ca.assistantgazelle.runner.plan.Plan;
import ca.assistantgazelle.runner.plan.Port;
import ca.assistantgazelle.runner.plan.Sample;
import ca.assistantgazelle.runner.plan.Secrets;
import ca.assistantgazelle.runner.plan.SystemState;
import ca.assistantgazelle.runner.process.Console;
import ca.assistantgazelle.runner.process.LocalSystem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the whole system and stays until it is stopped. */
@Command(
    name = "up",
    description = "Starts peers and services, runs the first jobs, and stays until Ctrl-C.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  private static final List<String> ENVIRONMENTS = List.of("local", "staging", "production");

  /** Jobs that exist in this version; the others would only say that they do not. */
  private static final String BACKUP = "backup_supabase_daily";

  private static final List<String> FIRST_RUNS =
      List.of("sync_gazelle_2h", "timeline_report_daily", "alertes_rv_court_terme", BACKUP);

  @Option(
      names = "--detach",
      description = "Return when everything is ready; ./gazelle down stops it.")
  private boolean detach;

  @Option(
      names = "--env",
      defaultValue = "local",
      description = "local, staging or production (default: ${DEFAULT-VALUE})")
  private String environment;

  @Option(
      names = "--sample",
      description =
          "small or full: the invented company that Gazelle's emulator holds; full has the real one's volumes (default: what is there, else small)")
  private String sample;

  @Option(names = "--no-first-run", description = "Start everything, run nothing.")
  private boolean noFirstRun;

  @Option(
      names = "--external",
      description =
          "A file of NAME=value lines naming outside systems to use instead of local peers.")
  private Path external;

  @Override
  public Integer call() throws Exception {
    var home = Home.of(GazelleCommand.repository());
    var console = new Console(System.out);
    try (var lock =
        FileChannel.open(home.file("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (lock.tryLock() == null) {
        console.plain("It runs already (./gazelle status shows it, ./gazelle down stops it).");
        if (external != null || sample != null) {
          console.plain(
              "Its options stay as they were: --external and --sample take effect after ./gazelle down.");
          return outcome(home, 1);
        }
        return outcome(home, 0);
      }
      return start(plan(home), console);
    }
  }

  private Integer start(Plan plan, Console console) throws Exception {
    SystemState.read(plan.home()).ifPresent(Leftovers::stop);
    requireFreePorts(plan);
    var system = new LocalSystem(plan, console);
    Runtime.getRuntime().addShutdownHook(new Thread(system::stop));
    plan.external().hosts().forEach(host -> console.plain("outside system: " + host));
    system.start();
    boolean succeeded = !plan.firstRun() || firstRuns(plan, console);
    console.plain("");
    console.plain("Gazelle Automation runs: " + plan.gatewayUrl() + "/api/scheduler/status");
    if (!plan.external().hasReport()) {
      console.plain("The report is at " + plan.sheetUrl());
    }
    if (!plan.external().hasMail()) {
      console.plain("Messages are at " + plan.mailboxUrl());
    }
    console.plain(detach ? "Stop it with ./gazelle down" : "Stop it with Ctrl-C");
    outcome(plan.home(), succeeded ? 0 : 1);
    system.watch();
    return succeeded ? 0 : 1;
  }

  private static boolean firstRuns(Plan plan, Console console) throws InterruptedException {
    boolean succeeded = true;
    for (var job : FIRST_RUNS) {
      if (job.equals(BACKUP)
          && plan.external().has("PGHOST")
          && !plan.external().has("BACKUP_DESTINATIONS")) {
        console.step(BACKUP + ": not run, --external names no BACKUP_DESTINATIONS");
        continue;
      }
      succeeded &= new FirstRun(plan, console).run(job);
    }
    return succeeded;
  }

  private Plan plan(Home home) {
    if (!ENVIRONMENTS.contains(environment)) {
      throw new IllegalArgumentException(
          "--env is '" + environment + "'; it must be one of " + ENVIRONMENTS);
    }
    if (sample != null && external != null) {
      throw new IllegalArgumentException(
          "--sample and --external exclude each other: invented data must never reach outside systems");
    }
    Map<Port, Integer> ports = new EnumMap<>(Port.class);
    for (var port : Port.values()) {
      ports.put(port, port.in(System.getenv()));
    }
    return new Plan(
        home,
        Secrets.of(home),
        environment,
        ports,
        outside(),
        external == null ? Sample.of(home, sample) : Sample.SMALL,
        !noFirstRun);
  }

  private External outside() {
    if (external == null) {
      return External.none();
    }
    var outside = External.read(external);
    outside.requireConsistent();
    return outside;
  }

  private static void requireFreePorts(Plan plan) {
    for (var first : Port.values()) {
      for (var second : Port.values()) {
        if (first.compareTo(second) < 0 && plan.port(first) == plan.port(second)) {
          throw new IllegalStateException(
              "Port %d is given to both %s and %s; choose different ones"
                  .formatted(plan.port(first), first.variable(), second.variable()));
        }
      }
    }
    plan.ports()
        .forEach(
            (port, number) -> {
              if (LoopbackPorts.isOpen(number)) {
                throw new IllegalStateException(
                    "Port %d (%s) is taken by another program. Stop that program, or choose another port: %s=%d ./gazelle up"
                        .formatted(
                            number,
                            port.name().toLowerCase(Locale.ROOT),
                            port.variable(),
                            number + 10_000));
              }
            });
  }

  // The launcher of --detach waits for this file and passes its content on as exit code.
  private static Integer outcome(Home home, int exitCode) throws IOException {
    Files.writeString(home.file("outcome"), Integer.toString(exitCode));
    return exitCode;
  }
}

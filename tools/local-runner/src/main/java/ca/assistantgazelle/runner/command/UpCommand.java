package ca.assistantgazelle.runner.command;

import ca.assistantgazelle.emulators.LoopbackPorts;
import ca.assistantgazelle.runner.firstrun.FirstRunLauncher;
import ca.assistantgazelle.runner.plan.ExternalSettings;
import ca.assistantgazelle.runner.plan.LocalPort;
import ca.assistantgazelle.runner.plan.LocalSecrets;
import ca.assistantgazelle.runner.plan.LocalSystemPlan;
import ca.assistantgazelle.runner.plan.LocalSystemState;
import ca.assistantgazelle.runner.plan.SampleSize;
import ca.assistantgazelle.runner.plan.StateDirectory;
import ca.assistantgazelle.runner.process.LocalSystem;
import ca.assistantgazelle.runner.process.RunnerConsole;
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

/** Starts the whole system and supervises it until it is stopped. */
@Command(
        name = "up",
        description = "Starts emulators and services, runs the first jobs, and keeps running until Ctrl-C.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    private static final List<String> ENVIRONMENTS = List.of("local", "staging", "production");

    /** Skipped at the first run if an external database has no backup destination. */
    private static final String BACKUP_JOB = "backup_supabase_daily";

    private static final List<String> FIRST_RUN_JOBS =
            List.of("sync_gazelle_2h", "timeline_report_daily", "alertes_rv_court_terme", BACKUP_JOB);

    @Option(names = "--detach", description = "Return once everything is ready; ./gazelle down stops it.")
    private boolean detach;

    @Option(
            names = "--env",
            defaultValue = "local",
            description = "local, staging or production (default: ${DEFAULT-VALUE})")
    private String environment;

    @Option(
            names = "--sample",
            description =
                    "small or full: the sample company of the Gazelle emulator; full has the volumes of the real company (default: the present sample, else small)")
    private String sample;

    @Option(names = "--no-first-run", description = "Start everything without running the first jobs.")
    private boolean noFirstRun;

    @Option(
            names = "--external",
            description = "File of NAME=value lines with external systems to use instead of the emulators.")
    private Path external;

    @Override
    public Integer call() throws Exception {
        var home = StateDirectory.of(GazelleCommand.repository());
        var console = new RunnerConsole(System.out);
        try (var lock = FileChannel.open(home.file("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (lock.tryLock() == null) {
                console.printLine(
                        "The system is already running (./gazelle status shows it, ./gazelle down stops it).");
                if (external != null || sample != null) {
                    console.printLine(
                            "Its options are unchanged: run ./gazelle down before starting it with other values of --external and --sample.");
                    return writeOutcome(home, 1);
                }
                return writeOutcome(home, 0);
            }
            home.requireCurrentLayout();
            return start(createPlan(home), console);
        }
    }

    private Integer start(LocalSystemPlan plan, RunnerConsole console) throws Exception {
        LocalSystemState.read(plan.home()).ifPresent(StaleProcesses::stop);
        requireFreePorts(plan);
        var system = new LocalSystem(plan, console);
        Runtime.getRuntime().addShutdownHook(new Thread(system::stop));
        plan.external().endpoints().forEach(host -> console.printLine("external system: " + host));
        system.start();
        boolean succeeded = !plan.firstRun() || runFirstJobs(plan, console);
        console.printLine("");
        console.printLine("Gazelle Automation is running: " + plan.gatewayUrl() + "/api/scheduler/status");
        if (!plan.external().hasReport()) {
            console.printLine("The report is at " + plan.sheetUrl());
        }
        if (!plan.external().hasMail()) {
            console.printLine("The mailbox is at " + plan.mailboxUrl());
        }
        console.printLine(detach ? "Stop it with ./gazelle down" : "Stop it with Ctrl-C");
        writeOutcome(plan.home(), succeeded ? 0 : 1);
        system.supervise();
        return succeeded ? 0 : 1;
    }

    private static boolean runFirstJobs(LocalSystemPlan plan, RunnerConsole console) throws InterruptedException {
        boolean succeeded = true;
        for (var job : FIRST_RUN_JOBS) {
            if (job.equals(BACKUP_JOB)
                    && plan.external().has("PGHOST")
                    && !plan.external().has("BACKUP_DESTINATIONS")) {
                console.printStep(BACKUP_JOB + ": skipped, because --external sets no BACKUP_DESTINATIONS");
                continue;
            }
            succeeded &= new FirstRunLauncher(plan, console).run(job);
        }
        return succeeded;
    }

    private LocalSystemPlan createPlan(StateDirectory home) {
        if (!ENVIRONMENTS.contains(environment)) {
            throw new IllegalArgumentException("--env is '" + environment + "'; it must be one of " + ENVIRONMENTS);
        }
        if (sample != null && external != null) {
            throw new IllegalArgumentException(
                    "--sample and --external are mutually exclusive: sample data must never reach external systems");
        }
        Map<LocalPort, Integer> ports = new EnumMap<>(LocalPort.class);
        for (var port : LocalPort.values()) {
            ports.put(port, port.resolve(System.getenv()));
        }
        return new LocalSystemPlan(
                home,
                LocalSecrets.of(home),
                environment,
                ports,
                readExternalSettings(),
                external == null ? SampleSize.of(home, sample) : SampleSize.SMALL,
                !noFirstRun);
    }

    private ExternalSettings readExternalSettings() {
        if (external == null) {
            return ExternalSettings.none();
        }
        var outside = ExternalSettings.read(external);
        outside.requireConsistent();
        return outside;
    }

    private static void requireFreePorts(LocalSystemPlan plan) {
        for (var first : LocalPort.values()) {
            for (var second : LocalPort.values()) {
                if (first.compareTo(second) < 0 && plan.port(first) == plan.port(second)) {
                    throw new IllegalStateException("Port %d is assigned to both %s and %s; choose different ports"
                            .formatted(plan.port(first), first.variableName(), second.variableName()));
                }
            }
        }
        plan.ports().forEach((port, number) -> {
            if (LoopbackPorts.isOpen(number)) {
                throw new IllegalStateException(
                        "Port %d (%s) is already in use. Stop the program that uses it, or choose another port: %s=%d ./gazelle up"
                                .formatted(
                                        number,
                                        port.name().toLowerCase(Locale.ROOT),
                                        port.variableName(),
                                        number + 10_000));
            }
        });
    }

    // The launcher of --detach waits for this file and exits with the code in it.
    private static Integer writeOutcome(StateDirectory home, int exitCode) throws IOException {
        Files.writeString(home.file("outcome"), Integer.toString(exitCode));
        return exitCode;
    }
}

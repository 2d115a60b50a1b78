package ca.assistantgazelle.simulator;

import ca.assistantgazelle.contract.catalogue.DeploymentEnvironment;
import ca.assistantgazelle.contract.catalogue.InvalidCatalogueException;
import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.catalogue.JobCatalogueFile;
import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.value.PlausibleTime;
import ca.assistantgazelle.emulators.LoopbackPorts;
import ca.assistantgazelle.emulators.postgres.PostgresBinaries;
import ca.assistantgazelle.emulators.postgres.PostgresCluster;
import ca.assistantgazelle.emulators.postgres.PostgresServer;
import ca.assistantgazelle.scheduler.planning.CatchUpMode;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./gazelle simulate}: simulates the timetable over a period. */
@Command(
        name = "simulate",
        description = "Simulates the timetable over a period and prints the result of every fire.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class SimulateCommand implements Callable<Integer> {
    private static final int PROGRESS_WIDTH = 40;
    private static final int MAX_DAYS = 800;

    /** Strong reference, so that the configured level is not lost to garbage collection. */
    private static final Logger ROOT_LOGGER = Logger.getLogger("");

    @Spec
    private CommandSpec command;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "DATE",
            description = "first local date of the period, for example 2026-03-07")
    private String from;

    @Option(names = "--to", required = true, paramLabel = "DATE", description = "end date of the period, exclusive")
    private String to;

    @Option(
            names = "--env",
            defaultValue = "production",
            description = "local, staging or production (default: ${DEFAULT-VALUE})")
    private String environment;

    @Option(
            names = "--jobs-file",
            paramLabel = "FILE",
            description = "job catalogue to use instead of the bundled one (default: JOBS_FILE)")
    private Path jobsFile;

    @Option(
            names = "--outage",
            paramLabel = "FROM/TO",
            description =
                    "period without a scheduler, in local times; the second may omit the date: 2026-03-08T01:50/05:10. Can be repeated")
    private List<String> outages = new ArrayList<>();

    @Option(
            names = "--pause",
            paramLabel = "JOB=FROM/TO[,CATCH_UP]",
            description =
                    "period during which the job is paused; CATCH_UP: none, last or all suppressed fires run afterwards (default: none)")
    private Map<String, String> pauses = new LinkedHashMap<>();

    @Option(
            names = "--lasts",
            paramLabel = "JOB=DURATION",
            description = "duration of the job's attempts, for example sync_gazelle_2h=PT2H10M")
    private Map<String, String> lasts = new LinkedHashMap<>();

    @Option(
            names = "--fails",
            paramLabel = "JOB=N",
            description = "number of attempts that fail in each run of the job")
    private Map<String, Integer> fails = new LinkedHashMap<>();

    @Option(names = "--json", description = "print a single JSON document")
    private boolean json;

    public static void main(String[] arguments) {
        ROOT_LOGGER.setLevel(Level.WARNING);
        System.exit(new CommandLine(new SimulateCommand())
                .setCommandName("./gazelle simulate")
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println("Simulation failed: " + failure.getMessage());
                    return 1;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, SQLException {
        var scenario = scenario();
        showProgress("Starting a temporary database …");
        var home = Files.createTempDirectory("gazelle-simulation-");
        try (var server = PostgresServer.start(new PostgresCluster(
                        PostgresBinaries.find(cacheDirectory()),
                        home,
                        LoopbackPorts.findFree(),
                        "simulation",
                        false,
                        "UTC"));
                var database = new SimulationDatabase(server, "simulation")) {
            var outcome = SchedulerSimulation.run(scenario, database.database(), progress(scenario));
            showProgress("");
            var out = command.commandLine().getOut();
            out.println(json ? EventJson.write(outcome) : new SimulationView(outcome).text());
            out.flush();
            return 0;
        } finally {
            delete(home);
        }
    }

    private SimulationScenario scenario() {
        var catalogue = catalogue();
        var first = date("--from", from);
        var end = date("--to", to);
        long days = ChronoUnit.DAYS.between(first, end);
        if (days < 1 || days > MAX_DAYS) {
            throw invalid("--to must be 1 to " + MAX_DAYS + " days after --from");
        }
        var durations = new LinkedHashMap<String, Duration>();
        lasts.forEach((job, value) -> durations.put(requireKnown(catalogue, job), duration(value)));
        fails.forEach((job, attempts) -> requireCount(requireKnown(catalogue, job), attempts));
        return new SimulationScenario(
                catalogue,
                first,
                end,
                outages.stream()
                        .map(text -> outage(catalogue, "--outage", text))
                        .toList(),
                pauses.entrySet().stream()
                        .map(entry -> pause(catalogue, requireKnown(catalogue, entry.getKey()), entry.getValue()))
                        .toList(),
                durations,
                fails);
    }

    private JobCatalogue catalogue() {
        var given = System.getenv("JOBS_FILE");
        var file = jobsFile != null ? jobsFile : given == null || given.isBlank() ? null : Path.of(given);
        try {
            return JobCatalogueFile.load(file, DeploymentEnvironment.of(environment));
        } catch (InvalidCatalogueException | IllegalArgumentException e) {
            throw invalid(e.getMessage());
        }
    }

    private String requireKnown(JobCatalogue catalogue, String job) {
        if (catalogue.find(job).isEmpty()) {
            throw invalid("unknown job '" + job + "'. Known jobs: " + catalogue.ids());
        }
        return job;
    }

    private SimulationScenario.SimulatedPause pause(JobCatalogue catalogue, String job, String text) {
        var parts = text.split(",", 2);
        var catchUp = CatchUpMode.of(parts.length == 1 ? "none" : parts[1])
                .orElseThrow(() -> invalid("--pause must end with none, last or all"));
        return new SimulationScenario.SimulatedPause(job, outage(catalogue, "--pause", parts[0]), catchUp);
    }

    private SimulationScenario.SchedulerOutage outage(JobCatalogue catalogue, String option, String text) {
        try {
            return OutageParser.parse(text, catalogue.zone());
        } catch (DateTimeException e) {
            throw invalid(option + " " + text + ": " + e.getMessage());
        }
    }

    private LocalDate date(String option, String text) {
        try {
            return PlausibleTime.require(LocalDate.parse(text));
        } catch (DateTimeException e) {
            throw invalid("%s '%s' must be a date such as 2026-03-07, from %s to %s"
                    .formatted(option, text, PlausibleTime.FIRST_DAY, PlausibleTime.END_DAY));
        }
    }

    private Duration duration(String text) {
        try {
            var duration = Duration.parse(text);
            if (PlausibleTime.isPlausible(duration)) {
                return duration;
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw invalid("--lasts '" + text + "' must be a duration such as PT2H10M");
        }
        throw invalid("--lasts '%s' must be longer than PT0S and at most %d days"
                .formatted(text, PlausibleTime.MAX_DURATION.toDays()));
    }

    private void requireCount(String job, int attempts) {
        if (attempts < 0) {
            throw invalid("--fails %s=%d must be 0 or more".formatted(job, attempts));
        }
    }

    private ParameterException invalid(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    // Only the result goes to standard output; progress goes to the terminal.
    private Consumer<Instant> progress(SimulationScenario scenario) {
        return instant -> showProgress(
                instant.atZone(scenario.catalogue().zone()).toLocalDate().toString());
    }

    // Overwrites the previous progress line.
    private void showProgress(String where) {
        // Depending on the JDK's console module, a process without a terminal has no console at all.
        if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()) {
            var err = command.commandLine().getErr();
            err.print("\r" + " ".repeat(PROGRESS_WIDTH) + "\r" + where);
            err.flush();
        }
    }

    private static Path cacheDirectory() throws IOException {
        return Files.createDirectories(Path.of(System.getProperty("gazelle.repository", "."), ".gazelle", "cache"));
    }

    private static void delete(Path home) throws IOException {
        try (var files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        }
    }
}

package ca.assistantgazelle.simulation;

import ca.assistantgazelle.catalogue.CatalogueFile;
import ca.assistantgazelle.catalogue.Environment;
import ca.assistantgazelle.catalogue.InvalidCatalogueException;
import ca.assistantgazelle.catalogue.JobCatalogue;
import ca.assistantgazelle.event.EventJson;
import ca.assistantgazelle.peers.Ports;
import ca.assistantgazelle.peers.postgres.Binaries;
import ca.assistantgazelle.peers.postgres.Cluster;
import ca.assistantgazelle.peers.postgres.PostgresServer;
import ca.assistantgazelle.planning.CatchUp;
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

/** {@code ./gazelle simulate}: what the timetable would do, in seconds. */
@Command(
    name = "simulate",
    description = "Runs timetable, ledger and verdicts against a simulated clock.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SimulateCommand implements Callable<Integer> {
  private static final int WIDEST = 40;
  private static final int MOST_DAYS = 800;

  /** Quiet loggers, held so that their levels stay. */
  private static final Logger ROOT = Logger.getLogger("");

  @Spec private CommandSpec command;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DATE",
      description = "first local date, for example 2026-03-07")
  private String from;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DATE",
      description = "the date after the last one")
  private String to;

  @Option(
      names = "--env",
      defaultValue = "production",
      description = "local, staging or production (default: ${DEFAULT-VALUE})")
  private String environment;

  @Option(
      names = "--jobs-file",
      paramLabel = "FILE",
      description = "another catalogue than the bundled one (default: JOBS_FILE)")
  private Path jobsFile;

  @Option(
      names = "--outage",
      paramLabel = "FROM/TO",
      description =
          "no scheduler runs then; local times, the second may leave out the date: 2026-03-08T01:50/05:10. May be given several times")
  private List<String> outages = new ArrayList<>();

  @Option(
      names = "--pause",
      paramLabel = "JOB=FROM/TO[,CATCH_UP]",
      description =
          "the job is paused then; afterwards none, last or all of what it missed runs (default: none)")
  private Map<String, String> pauses = new LinkedHashMap<>();

  @Option(
      names = "--lasts",
      paramLabel = "JOB=DURATION",
      description = "how long the job's attempts last, for example sync_gazelle_2h=PT2H10M")
  private Map<String, String> lasts = new LinkedHashMap<>();

  @Option(
      names = "--fails",
      paramLabel = "JOB=N",
      description = "how many attempts of each of the job's runs fail")
  private Map<String, Integer> fails = new LinkedHashMap<>();

  @Option(names = "--json", description = "one JSON document, for scripts")
  private boolean json;

  public static void main(String[] arguments) {
    ROOT.setLevel(Level.WARNING);
    System.exit(
        new CommandLine(new SimulateCommand())
            .setCommandName("./gazelle simulate")
            .setExecutionExceptionHandler(
                (failure, line, parsed) -> {
                  line.getErr().println("The simulation failed: " + failure.getMessage());
                  return 1;
                })
            .execute(arguments));
  }

  @Override
  public Integer call() throws IOException, SQLException {
    var scenario = scenario();
    tell("Starting a database for it …");
    var home = Files.createTempDirectory("gazelle-simulation-");
    try (var server =
            PostgresServer.start(
                new Cluster(
                    Binaries.find(cache()), home, Ports.free(), "simulation", false, "UTC"));
        var database = new SimulationDatabase(server, "simulation")) {
      var outcome = Simulation.run(scenario, database.database(), progress(scenario));
      tell("");
      var out = command.commandLine().getOut();
      out.println(json ? EventJson.write(outcome) : new SimulationView(outcome).text());
      out.flush();
      return 0;
    } finally {
      delete(home);
    }
  }

  private Scenario scenario() {
    var catalogue = catalogue();
    var first = date("--from", from);
    var end = date("--to", to);
    long days = ChronoUnit.DAYS.between(first, end);
    if (days < 1 || days > MOST_DAYS) {
      throw refused("--to must be 1 to " + MOST_DAYS + " days after --from");
    }
    var durations = new LinkedHashMap<String, Duration>();
    lasts.forEach((job, value) -> durations.put(known(catalogue, job), duration(value)));
    fails.keySet().forEach(job -> known(catalogue, job));
    return new Scenario(
        catalogue,
        first,
        end,
        outages.stream().map(text -> outage(catalogue, "--outage", text)).toList(),
        pauses.entrySet().stream()
            .map(entry -> pause(catalogue, known(catalogue, entry.getKey()), entry.getValue()))
            .toList(),
        durations,
        fails);
  }

  private JobCatalogue catalogue() {
    var given = System.getenv("JOBS_FILE");
    var file =
        jobsFile != null ? jobsFile : given == null || given.isBlank() ? null : Path.of(given);
    try {
      return CatalogueFile.load(file, Environment.of(environment));
    } catch (InvalidCatalogueException | IllegalArgumentException e) {
      throw refused(e.getMessage());
    }
  }

  private String known(JobCatalogue catalogue, String job) {
    if (catalogue.find(job).isEmpty()) {
      throw refused("there is no job '" + job + "'; the jobs are " + catalogue.ids());
    }
    return job;
  }

  private Scenario.JobPause pause(JobCatalogue catalogue, String job, String text) {
    var parts = text.split(",", 2);
    var catchUp =
        CatchUp.of(parts.length == 1 ? "none" : parts[1])
            .orElseThrow(() -> refused("--pause ends with none, last or all"));
    return new Scenario.JobPause(job, outage(catalogue, "--pause", parts[0]), catchUp);
  }

  private Scenario.Outage outage(JobCatalogue catalogue, String option, String text) {
    try {
      return OutageText.parse(text, catalogue.zone());
    } catch (DateTimeException e) {
      throw refused(option + " " + text + ": " + e.getMessage());
    }
  }

  private LocalDate date(String option, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw refused(option + " must be a date such as 2026-03-07");
    }
  }

  private Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw refused("--lasts must be a duration such as PT2H10M");
    }
  }

  private ParameterException refused(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  // Nothing but the document goes to the output; how far it is goes to the terminal.
  private Consumer<Instant> progress(Scenario scenario) {
    return instant -> tell(instant.atZone(scenario.catalogue().zone()).toLocalDate().toString());
  }

  // To whoever looks on; over what was told before.
  private void tell(String where) {
    if (System.console().isTerminal()) {
      var err = command.commandLine().getErr();
      err.print("\r" + " ".repeat(WIDEST) + "\r" + where);
      err.flush();
    }
  }

  private static Path cache() throws IOException {
    return Files.createDirectories(
        Path.of(System.getProperty("gazelle.repository", "."), ".gazelle", "cache"));
  }

  private static void delete(Path home) throws IOException {
    try (var files = Files.walk(home)) {
      files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
  }
}

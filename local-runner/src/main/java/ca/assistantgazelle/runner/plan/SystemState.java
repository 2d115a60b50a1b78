package ca.assistantgazelle.runner.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What runs, written down for the commands that come later.
 *
 * @param supervisor process that started everything
 * @param starts when each of them started, in milliseconds since 1970, by the same names
 * @param processes pid by name, of everything that must be gone after {@code down}
 */
public record SystemState(
    long supervisor,
    Map<String, Long> processes,
    Map<String, Long> starts,
    Map<String, Object> view) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final String FILE = "state.json";
  private static final String SUPERVISOR = "supervisor";

  public static Optional<SystemState> read(Home home) {
    var file = home.file(FILE);
    try {
      return Files.exists(file)
          ? Optional.of(JSON.readValue(Files.readString(file), SystemState.class))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void write(Home home) {
    try {
      home.writeSecret(FILE, JSON.writeValueAsString(this));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void forget(Home home) {
    try {
      Files.deleteIfExists(home.file(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The document of {@code ./gazelle status --json}; {@code ready} is filled in by the caller. */
  private static Map<String, Object> view(Plan plan, Map<String, Long> pids) {
    var services = new LinkedHashMap<String, Object>();
    for (var service : Service.values()) {
      var one = new LinkedHashMap<String, Object>();
      one.put("url", "http://127.0.0.1:" + plan.port(service.port()));
      one.put("ready", false);
      one.put("pid", pids.get(service.word()));
      services.put(service.word(), one);
    }
    var variables = plan.variables(Service.SYNC);
    var view = new LinkedHashMap<String, Object>();
    view.put("environment", plan.environment());
    view.put("gateway", plan.gatewayUrl());
    view.put("postgresql", postgresql(variables));
    view.put("kafka", Map.of("bootstrap_servers", variables.get("KAFKA_BOOTSTRAP_SERVERS")));
    view.put(
        "gazelle",
        Map.of(
            "url",
            variables.get("GAZELLE_API_URL"),
            "api_key",
            variables.getOrDefault("GAZELLE_API_KEY", "")));
    view.put("services", services);
    view.put("tokens", plan.secrets().tokens());
    return view;
  }

  private static Map<String, Object> postgresql(Map<String, String> variables) {
    var postgresql = new LinkedHashMap<String, Object>();
    postgresql.put("host", variables.get("PGHOST"));
    postgresql.put("port", Integer.parseInt(variables.getOrDefault("PGPORT", "5432")));
    postgresql.put("user", variables.get("PGUSER"));
    postgresql.put("password", variables.get("PGPASSWORD"));
    postgresql.put("database", variables.get("PGDATABASE"));
    return postgresql;
  }

  /** When a process started: a pid may have been given to somebody else since. */
  static long startOf(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().startInstant())
        .map(Instant::toEpochMilli)
        .orElse(0L);
  }

  /** The processes of this system that still run, and are still themselves. */
  public List<ProcessHandle> survivors() {
    return processes.entrySet().stream()
        .filter(entry -> startOf(entry.getValue()) == starts.getOrDefault(entry.getKey(), -1L))
        .flatMap(entry -> ProcessHandle.of(entry.getValue()).stream())
        .toList();
  }

  /** Whether the process that wrote it still runs. */
  public boolean stillRuns() {
    return ProcessHandle.of(supervisor).isPresent()
        && startOf(supervisor) == starts.getOrDefault(SUPERVISOR, -1L);
  }

  /** A state of this moment, written by this process. */
  public static SystemState now(Plan plan, Map<String, Long> pids) {
    var starts = new LinkedHashMap<String, Long>();
    pids.forEach((name, pid) -> starts.put(name, startOf(pid)));
    long supervisor = ProcessHandle.current().pid();
    starts.put(SUPERVISOR, startOf(supervisor));
    return new SystemState(supervisor, pids, starts, view(plan, pids));
  }
}

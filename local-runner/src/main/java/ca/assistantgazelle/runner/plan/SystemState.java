package ca.assistantgazelle.runner.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What runs, written down for the commands that come later.
 *
 * @param supervisor process that started everything
 * @param processes pid by name, of everything that must be gone after {@code down}
 */
public record SystemState(long supervisor, Map<String, Long> processes, Map<String, Object> view) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final String FILE = "state.json";

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

  /** Whether the process that wrote it still runs. */
  public boolean stillRuns() {
    return ProcessHandle.of(supervisor)
        .filter(ProcessHandle::isAlive)
        .filter(SystemState::isJava)
        .isPresent();
  }

  /** The document of {@code ./gazelle status --json}; {@code ready} is filled in by the caller. */
  public static Map<String, Object> view(Plan plan, Map<String, Long> pids) {
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
    view.put(
        "postgresql",
        Map.of(
            "host",
            variables.get("PGHOST"),
            "port",
            Integer.parseInt(variables.get("PGPORT")),
            "user",
            variables.get("PGUSER"),
            "password",
            variables.get("PGPASSWORD"),
            "database",
            variables.get("PGDATABASE")));
    view.put("kafka", Map.of("bootstrap_servers", variables.get("KAFKA_BOOTSTRAP_SERVERS")));
    view.put(
        "gazelle",
        Map.of(
            "url", variables.get("GAZELLE_API_URL"), "api_key", variables.get("GAZELLE_API_KEY")));
    view.put("services", services);
    view.put("tokens", plan.secrets().tokens());
    return view;
  }

  // A pid may have been given to somebody else since.
  private static boolean isJava(ProcessHandle process) {
    return process.info().command().map(command -> command.endsWith("java")).orElse(true);
  }
}

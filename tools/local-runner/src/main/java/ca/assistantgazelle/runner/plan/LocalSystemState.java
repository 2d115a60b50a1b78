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
 * The running processes of a local system, stored for later commands.
 *
 * @param supervisor pid of the process that started the others
 * @param starts start time of each process by name, in milliseconds since 1970
 * @param processes pid by name, of all processes that {@code down} must end
 */
public record LocalSystemState(
        long supervisor, Map<String, Long> processes, Map<String, Long> starts, Map<String, Object> view) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String FILE = "state.json";
    private static final String SUPERVISOR = "supervisor";

    public static Optional<LocalSystemState> read(StateDirectory home) {
        var file = home.file(FILE);
        try {
            return Files.exists(file)
                    ? Optional.of(JSON.readValue(Files.readString(file), LocalSystemState.class))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void write(StateDirectory home) {
        try {
            home.writeSecret(FILE, JSON.writeValueAsString(this));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void delete(StateDirectory home) {
        try {
            Files.deleteIfExists(home.file(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The document of {@code ./gazelle status --json}; {@code ready} is filled in by the caller. */
    private static Map<String, Object> view(LocalSystemPlan plan, Map<String, Long> pids) {
        var services = new LinkedHashMap<String, Object>();
        for (var service : LocalService.values()) {
            var one = new LinkedHashMap<String, Object>();
            one.put("url", "http://127.0.0.1:" + plan.port(service.port()));
            one.put("ready", false);
            one.put("pid", pids.get(service.serviceName()));
            services.put(service.serviceName(), one);
        }
        var variables = plan.variables(LocalService.SYNC);
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

    /** When a process started; tells it from a later process with the same pid. */
    static long startTimeOf(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .map(Instant::toEpochMilli)
                .orElse(0L);
    }

    /** The processes of this system that are still running. */
    public List<ProcessHandle> survivingProcesses() {
        return processes.entrySet().stream()
                .filter(entry -> startTimeOf(entry.getValue()) == starts.getOrDefault(entry.getKey(), -1L))
                .flatMap(entry -> ProcessHandle.of(entry.getValue()).stream())
                .toList();
    }

    /** Whether the supervisor that wrote this state is still running. */
    public boolean hasRunningSupervisor() {
        return ProcessHandle.of(supervisor).isPresent()
                && startTimeOf(supervisor) == starts.getOrDefault(SUPERVISOR, -1L);
    }

    /** The current state, with this process as the supervisor. */
    public static LocalSystemState current(LocalSystemPlan plan, Map<String, Long> pids) {
        var starts = new LinkedHashMap<String, Long>();
        pids.forEach((name, pid) -> starts.put(name, startTimeOf(pid)));
        long supervisor = ProcessHandle.current().pid();
        starts.put(SUPERVISOR, startTimeOf(supervisor));
        return new LocalSystemState(supervisor, pids, starts, view(plan, pids));
    }
}

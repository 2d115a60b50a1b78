package ca.assistantgazelle.runner;

import static org.awaitility.Awaitility.await;

import ca.assistantgazelle.emulators.CommandRunner;
import ca.assistantgazelle.emulators.LoopbackPorts;
import ca.assistantgazelle.runner.command.GazelleCommand;
import ca.assistantgazelle.runner.plan.LocalPort;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A separate local system, on free ports and in a temporary directory, driven through the command line. */
final class LocalSystemFixture implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();

    record ProcessResult(int exitCode, String output) {}

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path home;
    private final Map<LocalPort, Integer> ports = new EnumMap<>(LocalPort.class);
    private final List<ServerSocket> occupiedPorts = new ArrayList<>();
    private Process supervisor;
    private Path log;
    private JsonNode postgresql;

    private LocalSystemFixture(Path home) {
        this.home = home;
        for (var port : LocalPort.values()) {
            ports.put(port, LoopbackPorts.findFree());
        }
    }

    static LocalSystemFixture prepare() throws IOException {
        return new LocalSystemFixture(Files.createTempDirectory("gazelle-home-"));
    }

    static LocalSystemFixture up() throws IOException, InterruptedException {
        var system = prepare();
        system.log = Files.createTempFile("gazelle-up-", ".log");
        system.supervisor =
                system.builder("up").redirectOutput(system.log.toFile()).start();
        await().atMost(Duration.ofMinutes(4))
                .until(() -> Files.exists(system.home.resolve("outcome")) || !system.supervisor.isAlive());
        if (!system.supervisor.isAlive()) {
            throw new AssertionError(system.output());
        }
        return system;
    }

    void down() throws IOException, InterruptedException {
        gazelle("down");
        supervisor.waitFor(60, TimeUnit.SECONDS);
        close();
    }

    @Override
    public void close() throws IOException {
        for (var socket : occupiedPorts) {
            socket.close();
        }
        try (var files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        }
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Processes whose command line contains this system's directory. */
    List<String> survivingProcesses() {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(command -> command.contains(home.toString()))
                .toList();
    }

    ProcessResult gazelle(String... arguments) throws IOException, InterruptedException {
        var process = builder(arguments).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return new ProcessResult(process.exitValue(), output);
    }

    /** {@code ./gazelle backup …}, with the same misleading shell environment. */
    ProcessResult backup(String... arguments) throws IOException, InterruptedException {
        var builder = builder();
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of(
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "--enable-native-access=ALL-UNNAMED",
                "-Dgazelle.backup.settings=" + home.resolve("backup.properties"),
                "-cp",
                REPOSITORY
                        .resolve("backup-service/target/quarkus-app/quarkus-run.jar")
                        .toString(),
                "ca.assistantgazelle.backup.command.BackupCommand"));
        command.addAll(List.of(arguments));
        var process = builder.command(command).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new ProcessResult(process.waitFor(), output);
    }

    /** The number of manifests in the local backup directory. */
    long countManifests() throws IOException {
        try (var files = Files.walk(home.resolve("backups"))) {
            return files.filter(file -> file.endsWith("manifest.json")).count();
        }
    }

    boolean awaitNoProcesses(long time, TimeUnit unit) {
        await().atMost(time, unit).until(() -> survivingProcesses().isEmpty());
        return true;
    }

    void occupyPort(String name) throws IOException {
        occupiedPorts.add(new ServerSocket(ports.get(LocalPort.valueOf(name)), 1, InetAddress.getLoopbackAddress()));
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(
                send(request("GET", gateway() + path, "", Map.of())).body());
    }

    JsonNode post(String path, String body) throws IOException, InterruptedException {
        return JSON.readTree(send(request(
                        "POST",
                        gateway() + path,
                        body,
                        body.isEmpty() ? Map.of() : Map.of("Content-Type", "application/json")))
                .body());
    }

    /** The messages of the local mailbox, as JSON. */
    String mailboxMessages() throws IOException, InterruptedException {
        var url = "http://127.0.0.1:" + ports.get(LocalPort.MAILBOX) + "/api/messages";
        return send(request("GET", url, "", Map.of())).body();
    }

    /** The page that shows the local spreadsheet. */
    String sheetPage() throws IOException, InterruptedException {
        var url = "http://127.0.0.1:" + ports.get(LocalPort.GOOGLE) + "/spreadsheets/d/rapport-timeline-local";
        return send(request("GET", url, "", Map.of())).body();
    }

    int statusOf(String method, String path, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        return send(request(method, gateway() + path, body, headers)).statusCode();
    }

    JsonNode control(String method, String path, String body) throws IOException, InterruptedException {
        return JSON.readTree(send(request(
                        method,
                        "http://127.0.0.1:" + ports.get(LocalPort.GAZELLE) + "/control/" + path,
                        body,
                        Map.of()))
                .body());
    }

    JsonNode run(String runId) throws IOException, InterruptedException {
        return get("/api/scheduler/runs/" + runId);
    }

    JsonNode awaitEnd(JsonNode accepted) throws IOException, InterruptedException {
        return awaitEnd(accepted.path("run_id").asText());
    }

    JsonNode awaitEnd(String runId) throws IOException, InterruptedException {
        await().atMost(TIMEOUT)
                .ignoreExceptions()
                .until(() -> List.of("success", "error", "cancelled")
                        .contains(run(runId).path("status").asText()));
        return run(runId);
    }

    void kill(String service) throws IOException {
        var process = ProcessHandle.of(pid(service)).orElseThrow();
        process.destroyForcibly();
        await().atMost(TIMEOUT).until(() -> !process.isAlive());
    }

    void terminate(String service) throws IOException {
        ProcessHandle.of(pid(service)).orElseThrow().destroy();
    }

    /** Suspends every process of the database for a while, like a stalled disk. */
    void suspendDatabase(Duration time) throws IOException {
        var server = ProcessHandle.of(pid("postgresql")).orElseThrow();
        signal("STOP", server);
        await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
        signal("CONT", server);
    }

    /** Suspends a service and its child processes, like a machine in standby. */
    void suspend(String service) throws IOException {
        signal("STOP", ProcessHandle.of(pid(service)).orElseThrow());
    }

    void resume(String service) throws IOException {
        signal("CONT", ProcessHandle.of(pid(service)).orElseThrow());
    }

    private static void signal(String name, ProcessHandle server) {
        Stream.concat(Stream.of(server), server.descendants())
                .forEach(process -> CommandRunner.run(List.of("kill", "-" + name, Long.toString(process.pid()))));
    }

    void awaitReady(String service) {
        await().atMost(TIMEOUT)
                .ignoreExceptions()
                .until(() -> send(request("GET", serviceUrl(service) + "/q/health/ready", "", Map.of()))
                                .statusCode()
                        == 200);
    }

    List<String> environmentOf(String service) throws IOException {
        var environment = Files.readString(Path.of("/proc/" + pid(service) + "/environ"));
        return Stream.of(environment.split("\0")).toList();
    }

    long count(String sql) throws IOException, InterruptedException, SQLException {
        return Long.parseLong(firstColumn(sql).getFirst());
    }

    /** Status and error class of each attempt, oldest first. */
    List<String> logs(String runId) throws IOException, InterruptedException, SQLException {
        return firstColumn(
                "select status || coalesce(' ' || split_part(error_message, ':', 1), '') from scheduler_logs where details->>'run_id' = '"
                        + runId
                        + "' order by started_at, completed_at");
    }

    List<String> rowVersions() throws IOException, InterruptedException, SQLException {
        var versions = new ArrayList<String>();
        for (var table : List.of(
                "users",
                "produits_catalogue",
                "gazelle_clients",
                "gazelle_contacts",
                "gazelle_pianos",
                "gazelle_appointments",
                "gazelle_appointment_pianos",
                "gazelle_timeline_entries")) {
            versions.addAll(firstColumn(
                    "select '" + table + " ' || xmin::text || ctid::text from " + table + " order by ctid"));
        }
        return versions;
    }

    /** A session of the local database; the caller closes it. */
    Connection database() throws IOException, InterruptedException, SQLException {
        if (postgresql == null) {
            postgresql = JSON.readTree(gazelle("status", "--json").output()).path("postgresql");
        }
        var url = "jdbc:postgresql://"
                + postgresql.path("host").asText()
                + ":"
                + postgresql.path("port").asInt()
                + "/"
                + postgresql.path("database").asText();
        return DriverManager.getConnection(
                url,
                postgresql.path("user").asText(),
                postgresql.path("password").asText());
    }

    private List<String> firstColumn(String sql) throws IOException, InterruptedException, SQLException {
        try (var connection = database();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    /** The pid of a service or of an embedded server, by name. */
    long pid(String process) throws IOException {
        return JSON.readTree(Files.readString(home.resolve("state.json")))
                .path("processes")
                .path(process)
                .asLong();
    }

    String gateway() {
        return "http://127.0.0.1:" + ports.get(LocalPort.GATEWAY);
    }

    String scheduler() {
        return serviceUrl("scheduler-service");
    }

    private String serviceUrl(String service) {
        var port = LocalPort.valueOf(service.replace("-service", "").toUpperCase(Locale.ROOT));
        return "http://127.0.0.1:" + ports.get(port);
    }

    static JsonNode json(String text) throws IOException {
        return JSON.readTree(text);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(String method, String url, String body, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return request.build();
    }

    private ProcessBuilder builder(String... arguments) {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of(
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dsun.net.httpserver.nodelay=true",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of("-Dgazelle.repository=" + REPOSITORY, "-Dgazelle.home=" + home));
        command.addAll(List.of(
                "-cp",
                REPOSITORY.resolve("tools/local-runner/target/classes")
                        + ":"
                        + REPOSITORY.resolve("tools/local-runner/target/lib")
                        + "/*",
                GazelleCommand.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        ports.forEach((port, number) -> builder.environment().put(port.variableName(), Integer.toString(number)));
        // Variables that may be set in a user's shell and must be ignored.
        builder.environment()
                .putAll(Map.of(
                        "PGHOST",
                        "hostile.example.com",
                        "PGPASSWORD",
                        "hostile",
                        "GAZELLE_API_KEY",
                        "hostile",
                        "GAZELLE_API_URL",
                        "http://hostile.example.com",
                        "KAFKA_BOOTSTRAP_SERVERS",
                        "hostile:9092",
                        "SENDGRID_API_KEY",
                        "hostile"));
        return builder;
    }
}

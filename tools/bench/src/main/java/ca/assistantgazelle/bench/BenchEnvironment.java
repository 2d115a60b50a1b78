package ca.assistantgazelle.bench;

import ca.assistantgazelle.cli.client.SchedulerClient;
import ca.assistantgazelle.emulators.LoopbackPorts;
import ca.assistantgazelle.runner.plan.ExternalSettings;
import ca.assistantgazelle.runner.plan.LocalPort;
import ca.assistantgazelle.runner.plan.LocalSecrets;
import ca.assistantgazelle.runner.plan.LocalService;
import ca.assistantgazelle.runner.plan.LocalSystemPlan;
import ca.assistantgazelle.runner.plan.SampleSize;
import ca.assistantgazelle.runner.plan.StateDirectory;
import ca.assistantgazelle.runner.process.LocalSystem;
import ca.assistantgazelle.runner.process.RunnerConsole;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;

/** A temporary local system on free ports, removed at the end of the benchmark. */
public final class BenchEnvironment implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path folder;
    private final LocalSystemPlan plan;
    private final LocalSystem system;

    private BenchEnvironment(Path folder, LocalSystemPlan plan) {
        this.folder = folder;
        this.plan = plan;
        this.system = new LocalSystem(plan, new RunnerConsole(OutputStream.nullOutputStream()));
    }

    public static BenchEnvironment start(Path repository, SampleSize sample) throws Exception {
        return start(repository, sample, "local");
    }

    /** @param environment production sends mails, to the local mailbox */
    public static BenchEnvironment start(Path repository, SampleSize sample, String environment) throws Exception {
        var folder = Files.createTempDirectory("gazelle-bench-");
        System.setProperty("gazelle.home", folder.toString());
        var home = StateDirectory.of(repository);
        Map<LocalPort, Integer> ports = new EnumMap<>(LocalPort.class);
        for (var port : LocalPort.values()) {
            ports.put(port, LoopbackPorts.findFree());
        }
        var stage = new BenchEnvironment(
                folder,
                new LocalSystemPlan(
                        home, LocalSecrets.of(home), environment, ports, ExternalSettings.none(), sample, false));
        Runtime.getRuntime().addShutdownHook(new Thread(stage.system::stop));
        stage.system.start();
        return stage;
    }

    public LocalSystemPlan plan() {
        return plan;
    }

    public SchedulerClient api() {
        return new SchedulerClient(plan.gatewayUrl(), null);
    }

    public String kafka() {
        return "127.0.0.1:" + plan.port(LocalPort.KAFKA);
    }

    public Connection database() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + plan.port(LocalPort.POSTGRESQL) + "/gazelle?sslmode=disable",
                "gazelle",
                plan.secrets().databasePassword());
    }

    /** Sets the latency of the Gazelle emulator. */
    public void setGazelleLatency(int millis) throws IOException, InterruptedException {
        HTTP.send(
                HttpRequest.newBuilder(URI.create(plan.gazelleUrl()).resolve("/control/faults"))
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"latency_millis\": " + millis + "}"))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    /** Sets the latency of the Google emulator. */
    public void setGoogleLatency(int millis) throws IOException, InterruptedException {
        HTTP.send(
                HttpRequest.newBuilder(URI.create(plan.googleUrl()).resolve("/control/faults"))
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"latency_ms\": " + millis + "}"))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    /** A service's metrics in the Prometheus text format. */
    public String metrics(LocalService service) throws IOException, InterruptedException {
        return HTTP.send(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + plan.port(service.port()) + "/q/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Process id of the service. */
    public long pid(LocalService service) {
        return system.pid(service).orElseThrow();
    }

    /** Suspends the service's process (SIGSTOP). */
    public void suspend(LocalService service) throws IOException, InterruptedException {
        signal(service, "-STOP");
    }

    /** Resumes a suspended service (SIGCONT). */
    public void resume(LocalService service) throws IOException, InterruptedException {
        signal(service, "-CONT");
    }

    private void signal(LocalService service, String signal) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", signal, Long.toString(pid(service)))
                .inheritIO()
                .start();
        if (kill.waitFor() != 0) {
            throw new IllegalStateException("Failed to send " + signal + " to " + service);
        }
    }

    /** CPU time of the service's process in seconds. */
    public double cpuSeconds(LocalService service) {
        return system.pid(service).map(ProcessCpuTime::seconds).orElseThrow();
    }

    @Override
    public void close() throws IOException {
        system.stop();
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        }
    }
}

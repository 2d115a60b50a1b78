package ca.assistantgazelle.runner.testing;

import ca.assistantgazelle.emulators.CommandRunner;
import ca.assistantgazelle.emulators.LoopbackPorts;
import ca.assistantgazelle.runner.process.JavaCommandLine;
import ca.assistantgazelle.runner.process.ReadinessProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The packaged scheduler-service as a process of its own, for tests and benchmarks that kill it. */
public final class SchedulerProcess {
    private final Path jar;
    private final int port = LoopbackPorts.findFree();
    private final Path log;
    private final Map<String, String> environment;
    private Process process;

    /**
     * @param repository root of the repository with the packaged service
     * @param peers environment variables with the addresses of broker and database
     */
    public SchedulerProcess(Path repository, String name, Path jobsFile, Map<String, String> peers, Path logs) {
        this.jar = repository.resolve("scheduler-service/target/quarkus-app/quarkus-run.jar");
        this.log = logs.resolve(name + ".log");
        this.environment = new HashMap<>(peers);
        environment.put("SCHEDULER_ENV", "production");
        environment.put("JOBS_FILE", jobsFile.toString());
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("HOSTNAME", name);
    }

    public void start() throws IOException {
        var command = JavaCommandLine.command(256, jar.resolveSibling("scheduler.jsa"), "-jar", jar.toString());
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        process = builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    public boolean isReady() {
        return ReadinessProbe.isReady("http://127.0.0.1:" + port);
    }

    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Sends the signal STOP or CONT. */
    public void signal(String name) {
        CommandRunner.run(List.of("kill", "-" + name, Long.toString(process.pid())));
    }

    public void resumeAndKill() throws InterruptedException {
        signal("CONT");
        kill();
    }
}

package ca.assistantgazelle.runner;

import ca.assistantgazelle.peers.Command;
import ca.assistantgazelle.peers.Ports;
import ca.assistantgazelle.peers.testing.TestPeers;
import ca.assistantgazelle.runner.process.Java;
import ca.assistantgazelle.runner.process.Probe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The packaged scheduler-service, on the test's broker and database. */
final class SchedulerProcess {
  private static final Path JAR =
      Path.of("../scheduler-service/target/quarkus-app/quarkus-run.jar").toAbsolutePath();

  private final int port = Ports.free();
  private final Path log;
  private final Map<String, String> environment;
  private Process process;

  SchedulerProcess(String name, Path jobsFile) {
    this.log = Path.of("target", name + ".log").toAbsolutePath();
    this.environment = new HashMap<>(TestPeers.get().environment());
    environment.put("SCHEDULER_ENV", "production");
    environment.put("JOBS_FILE", jobsFile.toString());
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    environment.put("HOSTNAME", name);
  }

  void start() throws IOException {
    var command =
        Java.command(
            160, JAR.getParent().getParent().resolve("scheduler.jsa"), "-jar", JAR.toString());
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    process = builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
  }

  boolean isReady() {
    return Probe.isReady("http://127.0.0.1:" + port);
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** STOP or CONT. */
  void signal(String name) {
    Command.run(List.of("kill", "-" + name, Long.toString(process.pid())));
  }

  void end() throws InterruptedException {
    signal("CONT");
    process.destroyForcibly().waitFor();
  }
}

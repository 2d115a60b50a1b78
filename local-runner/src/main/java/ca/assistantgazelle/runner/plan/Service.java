package ca.assistantgazelle.runner.plan;

import java.nio.file.Path;
import java.util.Locale;

/** The packaged services. */
public enum Service {
  SCHEDULER(Port.SCHEDULER),
  SYNC(Port.SYNC),
  REPORT(Port.REPORT),
  ALERT(Port.ALERT),
  BACKUP(Port.BACKUP);

  private final Port port;

  Service(Port port) {
    this.port = port;
  }

  public Port port() {
    return port;
  }

  /** The name in logs, in the status and of its folder. */
  public String word() {
    return name().toLowerCase(Locale.ROOT) + "-service";
  }

  public Path jar(Path repository) {
    return repository.resolve(word()).resolve("target/quarkus-app/quarkus-run.jar");
  }
}

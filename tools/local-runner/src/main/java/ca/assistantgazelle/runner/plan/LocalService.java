package ca.assistantgazelle.runner.plan;

import java.nio.file.Path;
import java.util.Locale;

/** The packaged services. */
public enum LocalService {
    SCHEDULER(LocalPort.SCHEDULER),
    SYNC(LocalPort.SYNC),
    REPORT(LocalPort.REPORT),
    ALERT(LocalPort.ALERT),
    BACKUP(LocalPort.BACKUP);

    private final LocalPort port;

    LocalService(LocalPort port) {
        this.port = port;
    }

    public LocalPort port() {
        return port;
    }

    /** The name used in logs, in the status and for the module's directory. */
    public String serviceName() {
        return name().toLowerCase(Locale.ROOT) + "-service";
    }

    public Path jar(Path repository) {
        return repository.resolve(serviceName()).resolve("target/quarkus-app/quarkus-run.jar");
    }
}

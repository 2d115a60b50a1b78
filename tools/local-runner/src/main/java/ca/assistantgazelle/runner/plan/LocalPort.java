package ca.assistantgazelle.runner.plan;

import java.util.Map;

/** The local ports, all on the loopback interface, each overridable by {@code PORT_<NAME>}. */
public enum LocalPort {
    GATEWAY(8000),
    SCHEDULER(8080),
    SYNC(8081),
    REPORT(8082),
    ALERT(8083),
    BACKUP(8084),
    GAZELLE(8090),
    GOOGLE(8091),
    SMTP(8025),
    MAILBOX(8026),
    S3(8027),
    POSTGRESQL(5433),
    KAFKA(9092);

    private final int defaultPort;

    LocalPort(int usual) {
        this.defaultPort = usual;
    }

    /** The environment variable that overrides the default. */
    public String variableName() {
        return "PORT_" + name();
    }

    /** @throws IllegalArgumentException naming the variable, if its value is not a port number */
    public int resolve(Map<String, String> environment) {
        var wanted = environment.get(variableName());
        if (wanted == null || wanted.isBlank()) {
            return defaultPort;
        }
        if (wanted.matches("\\d{1,5}") && Integer.parseInt(wanted) >= 1 && Integer.parseInt(wanted) <= 65_535) {
            return Integer.parseInt(wanted);
        }
        throw new IllegalArgumentException(
                variableName() + " is '" + wanted + "'; it must be a port number from 1 to 65535");
    }
}

package ca.assistantgazelle.runner.plan;

import java.util.Map;

/** The local ports, all on the loopback interface, each overridable by {@code PORT_<NAME>}. */
public enum Port {
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

  private final int usual;

  Port(int usual) {
    this.usual = usual;
  }

  /** The variable that overrides it. */
  public String variable() {
    return "PORT_" + name();
  }

  /**
   * @throws IllegalArgumentException naming the variable when its value is no port
   */
  public int in(Map<String, String> environment) {
    var wanted = environment.get(variable());
    if (wanted == null || wanted.isBlank()) {
      return usual;
    }
    if (wanted.matches("\\d{1,5}")
        && Integer.parseInt(wanted) >= 1
        && Integer.parseInt(wanted) <= 65_535) {
      return Integer.parseInt(wanted);
    }
    throw new IllegalArgumentException(
        variable() + " is '" + wanted + "'; it must be a port number from 1 to 65535");
  }
}

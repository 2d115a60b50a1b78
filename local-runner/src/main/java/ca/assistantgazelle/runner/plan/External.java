package ca.assistantgazelle.runner.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Outside systems that a person names on purpose, in a file of {@code NAME=value} lines; nothing
 * comes from the shell.
 */
public record External(Map<String, String> variables) {
  private static final List<String> HOSTS =
      List.of("PGHOST", "KAFKA_BOOTSTRAP_SERVERS", "GAZELLE_API_URL");

  public static External none() {
    return new External(Map.of());
  }

  /**
   * @throws IllegalArgumentException naming the file, and the line that is not {@code NAME=value}
   */
  public static External read(Path file) {
    try {
      var variables = new LinkedHashMap<String, String>();
      for (var line : Files.readAllLines(file)) {
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        int equals = line.indexOf('=');
        if (equals < 1 || !line.substring(0, equals).matches("[A-Z][A-Z0-9_]*")) {
          throw new IllegalArgumentException(file + ": every line must read NAME=value");
        }
        variables.put(line.substring(0, equals), line.substring(equals + 1).strip());
      }
      return new External(variables);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--external " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  public boolean has(String variable) {
    return variables.containsKey(variable);
  }

  /** What will be reached outside this machine's own peers, for the person to see before it is. */
  public List<String> hosts() {
    return HOSTS.stream()
        .filter(variables::containsKey)
        .map(name -> name + "=" + variables.get(name).replaceAll("://[^@/]*@", "://"))
        .toList();
  }
}

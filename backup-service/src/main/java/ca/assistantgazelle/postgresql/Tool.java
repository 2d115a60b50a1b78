package ca.assistantgazelle.postgresql;

import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * One of PostgreSQL's client programs, the newest that is installed.
 *
 * @param version as it says itself, for example {@code 15.18}
 */
public record Tool(Path program, String version) {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final Map<String, Tool> KNOWN = new ConcurrentHashMap<>();
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\S+)");

  /**
   * @param name {@code pg_dump} or {@code pg_restore}
   * @throws BackupException when there is none
   */
  public static Tool find(String name) throws IOException {
    var known = KNOWN.get(name);
    if (known != null && Files.isExecutable(known.program())) {
      return known;
    }
    var tool = search(name);
    KNOWN.put(name, tool);
    return tool;
  }

  private static Tool search(String name) throws IOException {
    var found = new ArrayList<Tool>();
    for (var program : candidates(name)) {
      if (Files.isExecutable(program)) {
        version(program).ifPresent(version -> found.add(new Tool(program, version)));
      }
    }
    return found.stream()
        .max(Comparator.comparingInt(Tool::major))
        .orElseThrow(
            () ->
                new BackupException(
                    Cause.TOOL_MISSING,
                    name + " is not installed.",
                    "Install PostgreSQL's client (Debian: apt-get install postgresql-client)."));
  }

  private static List<Path> candidates(String name) throws IOException {
    var candidates = new ArrayList<Path>();
    // The programs themselves before Debian's wrapper, which starts a Perl each time.
    if (Files.isDirectory(DEBIAN)) {
      try (var versions = Files.list(DEBIAN)) {
        versions.map(folder -> folder.resolve("bin").resolve(name)).forEach(candidates::add);
      }
    }
    for (var folder : System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":", -1)) {
      candidates.add(Path.of(folder, name));
    }
    return candidates;
  }

  private static Optional<String> version(Path program) throws IOException {
    var process =
        new ProcessBuilder(program.toString(), "--version")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var out = process.getInputStream()) {
      var version = VERSION.matcher(new String(out.readAllBytes(), StandardCharsets.UTF_8));
      return version.find() ? Optional.of(version.group(1)) : Optional.empty();
    }
  }

  /**
   * One that reads an archive.
   *
   * @param writer the pg_dump that wrote it, for example {@code 17.10}
   * @throws BackupException when it is older than that
   */
  public static Tool restorer(String writer) throws IOException {
    var tool = find("pg_restore");
    int needed = Integer.parseInt(writer.split("\\D", 2)[0]);
    if (tool.major() < needed) {
      throw new BackupException(
          Cause.TOOL_VERSION,
          "pg_restore "
              + tool.version()
              + " is older than the pg_dump that wrote the archive, "
              + writer
              + ".",
          "Install PostgreSQL's client of version " + needed + " or newer.");
    }
    return tool;
  }

  public int major() {
    return Integer.parseInt(version.split("\\D", 2)[0]);
  }
}

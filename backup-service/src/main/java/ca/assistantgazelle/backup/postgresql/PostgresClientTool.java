package ca.assistantgazelle.backup.postgresql;

import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
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
 * A PostgreSQL client program, in the newest version that is installed.
 *
 * @param version as printed by {@code --version}, for example {@code 15.18}
 */
public record PostgresClientTool(Path program, String version) {
    private static final Path DEBIAN_DIRECTORY = Path.of("/usr/lib/postgresql");
    private static final Map<String, PostgresClientTool> CACHE = new ConcurrentHashMap<>();
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\S+)");

    /**
     * @param name {@code pg_dump} or {@code pg_restore}
     * @throws BackupException if it is not installed
     */
    public static PostgresClientTool find(String name) throws IOException {
        var known = CACHE.get(name);
        if (known != null && Files.isExecutable(known.program())) {
            return known;
        }
        var tool = search(name);
        CACHE.put(name, tool);
        return tool;
    }

    private static PostgresClientTool search(String name) throws IOException {
        var found = new ArrayList<PostgresClientTool>();
        for (var program : candidates(name)) {
            if (Files.isExecutable(program)) {
                version(program).ifPresent(version -> found.add(new PostgresClientTool(program, version)));
            }
        }
        return found.stream()
                .max(Comparator.comparingInt(PostgresClientTool::majorVersion))
                .orElseThrow(() -> new BackupException(
                        BackupErrorClass.TOOL_MISSING,
                        name + " is not installed.",
                        "Install the PostgreSQL client (Debian: apt-get install postgresql-client)."));
    }

    private static List<Path> candidates(String name) throws IOException {
        var candidates = new ArrayList<Path>();
        // The programs themselves are preferred to Debian's Perl wrapper, which is slower.
        if (Files.isDirectory(DEBIAN_DIRECTORY)) {
            try (var versions = Files.list(DEBIAN_DIRECTORY)) {
                versions.map(folder -> folder.resolve("bin").resolve(name)).forEach(candidates::add);
            }
        }
        for (var folder : System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":", -1)) {
            candidates.add(Path.of(folder, name));
        }
        return candidates;
    }

    private static Optional<String> version(Path program) throws IOException {
        var process = new ProcessBuilder(program.toString(), "--version")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var out = process.getInputStream()) {
            var version = VERSION.matcher(new String(out.readAllBytes(), StandardCharsets.UTF_8));
            return version.find() ? Optional.of(version.group(1)) : Optional.empty();
        }
    }

    /**
     * Finds a pg_restore that can read an archive.
     *
     * @param writer version of the pg_dump that wrote it, for example {@code 17.10}
     * @throws BackupException if pg_restore is older than that
     */
    public static PostgresClientTool pgRestoreFor(String writer) throws IOException {
        var tool = find("pg_restore");
        int needed = Integer.parseInt(writer.split("\\D", 2)[0]);
        if (tool.majorVersion() < needed) {
            throw new BackupException(
                    BackupErrorClass.TOOL_VERSION,
                    "pg_restore "
                            + tool.version()
                            + " is older than the pg_dump that wrote the archive, "
                            + writer
                            + ".",
                    "Install the PostgreSQL client of version " + needed + " or newer.");
        }
        return tool;
    }

    public int majorVersion() {
        return Integer.parseInt(version.split("\\D", 2)[0]);
    }
}

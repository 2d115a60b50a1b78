package ca.assistantgazelle.emulators.postgres;

import ca.assistantgazelle.emulators.CommandRunner;
import ca.assistantgazelle.emulators.EmulatorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Locates the PostgreSQL programs: those of the system if recent enough, else the bundled ones. */
public final class PostgresBinaries {
    private static final int OLDEST_MAJOR = 15;
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final Pattern VERSION = Pattern.compile("PostgreSQL\\) (\\d+)");

    private PostgresBinaries() {}

    /**
     * @param cache where the bundled programs are unpacked, once
     * @return a folder that holds initdb and postgres
     * @throws EmulatorException if none are installed and none are bundled for this platform
     */
    public static Path find(Path cache) {
        return installed().orElseGet(() -> bundled(cache));
    }

    static Optional<Path> installed() {
        return Stream.concat(debian(), fromPgConfig())
                .filter(folder ->
                        Files.isExecutable(folder.resolve("initdb")) && Files.isExecutable(folder.resolve("postgres")))
                .filter(folder -> major(folder) >= OLDEST_MAJOR)
                .findFirst();
    }

    /** The programs from the Maven artifact. */
    public static Path bundled(Path cache) {
        var machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!machine.equals("Linux amd64")) {
            throw new EmulatorException("No PostgreSQL "
                    + OLDEST_MAJOR
                    + " or newer found, and none is bundled for "
                    + machine
                    + ". Install PostgreSQL (Debian: apt-get install postgresql) and try again.");
        }
        return PostgresBundle.unpack(cache).resolve("bin");
    }

    private static Stream<Path> debian() {
        if (!Files.isDirectory(DEBIAN)) {
            return Stream.empty();
        }
        try (var majors = Files.list(DEBIAN)) {
            List<Path> newestFirst = majors.map(folder -> folder.resolve("bin"))
                    .sorted(Comparator.comparing(Path::toString).reversed())
                    .toList();
            return newestFirst.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> fromPgConfig() {
        var answer = CommandRunner.run(List.of("pg_config", "--bindir"));
        return answer.succeeded() ? Stream.of(Path.of(answer.output())) : Stream.empty();
    }

    private static int major(Path folder) {
        var version = VERSION.matcher(
                CommandRunner.run(List.of(folder.resolve("postgres").toString(), "--version"))
                        .output());
        return version.find() ? Integer.parseInt(version.group(1)) : 0;
    }
}

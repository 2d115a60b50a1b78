package ca.assistantgazelle.runner.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The directory {@code .gazelle}, which holds all state of a local system. Its secrets are readable by the owner only;
 * other users may traverse it, because PostgreSQL may run as another user.
 */
public record StateDirectory(Path folder, Path repository) {
    // Changes with the layout of the directory and with migrations that cannot be applied.
    private static final String LAYOUT = "1";

    /**
     * The system property {@code gazelle.home} overrides its location, so that tests do not touch the developer's own
     * system.
     */
    public static StateDirectory of(Path repository) {
        try {
            var elsewhere = System.getProperty("gazelle.home");
            var folder = elsewhere == null ? repository.resolve(".gazelle") : Path.of(elsewhere);
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            return new StateDirectory(folder, repository);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Checks that this version can use the stored state, and marks it.
     *
     * @throws IllegalStateException if an earlier development version left it
     */
    public void requireCurrentLayout() {
        try {
            var marker = file("layout");
            if (!Files.exists(marker) && !Files.exists(file("postgresql"))) {
                Files.writeString(marker, LAYOUT);
            }
            if (!Files.exists(marker) || !Files.readString(marker).equals(LAYOUT)) {
                throw new IllegalStateException(
                        "%s was made by another version, whose database cannot be used: delete it to start anew, or move it away and restore a backup"
                                .formatted(folder));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The subdirectory of that name, created if missing. */
    public Path folder(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path logFile(String name) {
        return folder("logs").resolve(name + ".log");
    }

    /** The class archive of a process's JVM. */
    public Path classArchive(String name) {
        return folder("cache").resolve(name + ".jsa");
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    /** Writes a file that only its owner may read. */
    public void writeSecret(String name, String content) {
        try {
            var file = file(name);
            if (!Files.exists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

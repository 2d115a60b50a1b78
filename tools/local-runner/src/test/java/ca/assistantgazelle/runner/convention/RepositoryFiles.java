package ca.assistantgazelle.runner.convention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The source files of the repository. */
final class RepositoryFiles {
    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private RepositoryFiles() {}

    /** Paths relative to the root, without build output. */
    static List<Path> list(String pattern) {
        var matcher = ROOT.getFileSystem().getPathMatcher("glob:" + pattern);
        try (var all = Files.walk(ROOT)) {
            return all.map(ROOT::relativize)
                    .filter(matcher::matches)
                    .filter(file -> !file.toString().matches("(.*/)?(target|\\.git|\\.gazelle)/.*"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

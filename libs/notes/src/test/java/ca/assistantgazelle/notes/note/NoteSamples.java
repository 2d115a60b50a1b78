package ca.assistantgazelle.notes.note;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Reads the test tables of notes; columns are separated by a vertical bar. */
public final class NoteSamples {
    private NoteSamples() {}

    /** The rows, each padded to the given number of columns. */
    public static Stream<List<String>> rows(String file, int columns) {
        try (var in = NoteSamples.class.getResourceAsStream("/" + file)) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> Arrays.copyOf(line.split("\\|", -1), columns))
                    .map(cells -> Arrays.stream(cells)
                            .map(c -> c == null ? "" : c.strip())
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

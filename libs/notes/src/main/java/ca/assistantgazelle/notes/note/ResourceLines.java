package ca.assistantgazelle.notes.note;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the text files of the rules from the class path. */
public final class ResourceLines {
    private ResourceLines() {}

    /** The lines that are neither blank nor comments starting with {@code #}. */
    public static List<String> of(String resource) {
        try (var reader = new BufferedReader(new InputStreamReader(
                ResourceLines.class.getResourceAsStream("/" + resource), StandardCharsets.UTF_8))) {
            return reader.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}

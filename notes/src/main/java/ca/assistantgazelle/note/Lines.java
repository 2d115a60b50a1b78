package ca.assistantgazelle.note;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Text files that come with the rules. */
public final class Lines {
  private Lines() {}

  /** Those that are neither empty nor begin with {@code #}. */
  public static List<String> of(String resource) {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                Lines.class.getResourceAsStream("/" + resource), StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}

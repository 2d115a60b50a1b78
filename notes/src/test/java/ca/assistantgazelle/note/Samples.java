package ca.assistantgazelle.note;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The tables of notes beside these tests; columns are separated by a bar. */
public final class Samples {
  private Samples() {}

  /** Rows with so many columns each. */
  public static Stream<List<String>> rows(String file, int columns) {
    try (var in = Samples.class.getResourceAsStream("/" + file)) {
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> Arrays.copyOf(line.split("\\|", -1), columns))
          .map(cells -> Arrays.stream(cells).map(c -> c == null ? "" : c.strip()).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

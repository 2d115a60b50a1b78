package ca.assistantgazelle.runner.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Which invented company the local Gazelle holds. It stays the same as long as its mirror does. */
public enum Sample {
  SMALL,
  FULL;

  private static final String FILE = "sample";

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The one asked for, noted for later starts.
   *
   * @param wanted null = the one that is there, else the small one
   * @throws IllegalArgumentException when there is no such sample, or another one is there
   */
  static Sample of(Home home, String wanted, String present) {
    var asked = wanted == null ? present == null ? SMALL.word() : present : wanted;
    var sample =
        Stream.of(values())
            .filter(one -> one.word().equals(asked))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "--sample is '"
                            + asked
                            + "'; it must be one of "
                            + List.of(SMALL.word(), FULL.word())));
    if (present != null && !present.equals(sample.word())) {
      throw new IllegalArgumentException(
          "This system holds the sample '"
              + present
              + "', and its database mirrors that. To start over with '"
              + sample.word()
              + "', remove "
              + home.folder()
              + " first.");
    }
    return sample;
  }

  /** As {@link #of(Home, String, String)}, reading and writing the note. */
  public static Sample of(Home home, String wanted) {
    try {
      var file = home.file(FILE);
      // Before there was a choice, there was the small one.
      var present =
          Files.exists(file)
              ? Files.readString(file).strip()
              : Files.exists(home.file("sample-anchor")) ? SMALL.word() : null;
      var sample = of(home, wanted, present);
      Files.writeString(file, sample.word());
      return sample;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

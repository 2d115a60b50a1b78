package ca.assistantgazelle.planning;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What runs of the fires that a pause suppressed, when the job goes on. */
public enum CatchUp {
  NONE,
  LAST,
  ALL;

  /** The word in the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<CatchUp> of(String word) {
    return Stream.of(values()).filter(choice -> choice.word().equals(word)).findFirst();
  }
}

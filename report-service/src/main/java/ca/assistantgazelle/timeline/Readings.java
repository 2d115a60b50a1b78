package ca.assistantgazelle.timeline;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Canonical readings, none twice, in the order in which they were taken. */
record Readings(List<String> canonical) {
  static final Readings NONE = new Readings(List.of());

  /**
   * @param joined as the database gives them: one on each line; may be null
   */
  static Readings of(String joined) {
    return joined == null ? NONE : new Readings(distinct(Arrays.asList(joined.split("\n"))));
  }

  boolean isEmpty() {
    return canonical.isEmpty();
  }

  Readings and(Readings later) {
    Set<String> all = new LinkedHashSet<>(canonical);
    all.addAll(later.canonical);
    return new Readings(List.copyOf(all));
  }

  String cell() {
    return String.join(" | ", canonical);
  }

  private static List<String> distinct(List<String> readings) {
    return List.copyOf(new LinkedHashSet<>(readings));
  }
}

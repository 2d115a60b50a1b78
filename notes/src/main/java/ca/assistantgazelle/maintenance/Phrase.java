package ca.assistantgazelle.maintenance;

import java.util.ArrayList;
import java.util.List;

/**
 * Words in a row; {@code ..} stands for up to three others. A word that ends in {@code ~} is taken
 * in masculine, feminine and plural.
 *
 * @param things what it names; empty for a phrase of state
 * @param senses how it can be understood; empty for a thing
 */
record Phrase(List<String> words, List<Thing> things, List<Sense> senses) {
  private static final String GAP = "..";
  private static final int WIDEST_GAP = 3;

  static List<String> words(String text) {
    return List.of(text.strip().split("\\s+"));
  }

  String first() {
    return words.getFirst();
  }

  boolean hasGap() {
    return words.contains(GAP);
  }

  /** Every spelling of a word. */
  static List<String> forms(String word) {
    if (!word.endsWith("~")) {
      return List.of(word);
    }
    var stem = word.substring(0, word.length() - 1);
    var forms = new ArrayList<String>();
    for (var ending : List.of("", "e", "s", "es")) {
      forms.add(stem + ending);
    }
    return forms;
  }

  /**
   * @return the number of words it covers from there, 0 when it is not there
   */
  int matches(List<String> text, int at) {
    int end = matches(text, at, 0);
    return end < 0 ? 0 : end - at;
  }

  private int matches(List<String> text, int at, int index) {
    if (index == words.size()) {
      return at;
    }
    var word = words.get(index);
    if (word.equals(GAP)) {
      for (int skipped = 0; skipped <= WIDEST_GAP; skipped++) {
        int end = matches(text, at + skipped, index + 1);
        if (end >= 0) {
          return end;
        }
      }
      return -1;
    }
    return at < text.size() && same(word, text.get(at)) ? matches(text, at + 1, index + 1) : -1;
  }

  private static boolean same(String word, String said) {
    if (!word.endsWith("~")) {
      return word.equals(said);
    }
    var stem = word.substring(0, word.length() - 1);
    return said.startsWith(stem)
        && switch (said.substring(stem.length())) {
          case "", "e", "s", "es" -> true;
          default -> false;
        };
  }
}

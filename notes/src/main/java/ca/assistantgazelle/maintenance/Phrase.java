package ca.assistantgazelle.maintenance;

import java.util.ArrayList;
import java.util.List;

/**
 * Words in a row; {@code ..} stands for up to three others. A word that ends in {@code ~} is taken
 * in masculine, feminine and plural.
 *
 * @param thing what it names; null for a phrase of state
 * @param senses how it can be understood; empty for a thing
 */
record Phrase(List<String> words, Thing thing, List<Sense> senses) {
  private static final String GAP = "..";
  private static final int WIDEST_GAP = 3;
  private static final List<String> ENDINGS = List.of("", "e", "s", "es");

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
    return ENDINGS.stream().map(ending -> stem + ending).toList();
  }

  /** The same words, with the other's senses too. */
  Phrase and(Phrase other) {
    if (thing != null || other.thing() != null) {
      throw new IllegalStateException(words + " is a thing and something else in lexicon.psv");
    }
    var all = new ArrayList<>(senses);
    all.addAll(other.senses());
    return new Phrase(words, null, List.copyOf(all));
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
    return said.startsWith(stem) && ENDINGS.contains(said.substring(stem.length()));
  }
}

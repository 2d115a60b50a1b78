package ca.assistantgazelle.maintenance;

import static ca.assistantgazelle.maintenance.WordList.AGAIN;
import static ca.assistantgazelle.maintenance.WordList.ALL;
import static ca.assistantgazelle.maintenance.WordList.BEFORE_A_THING;
import static ca.assistantgazelle.maintenance.WordList.FILLERS;

import java.util.ArrayList;
import java.util.List;

/** The words of one clause, and what stands around a place among them. */
record Words(List<String> all) {

  static Words of(String clause) {
    var words = new ArrayList<String>();
    int start = -1;
    for (int i = 0; i <= clause.length(); i++) {
      boolean letter = i < clause.length() && Character.isLetterOrDigit(clause.charAt(i));
      if (letter && start < 0) {
        start = i;
      } else if (!letter && start >= 0) {
        words.add(clause.substring(start, i));
        start = -1;
      }
    }
    return new Words(List.copyOf(words));
  }

  /** Joined by "et" or "and" and nothing of weight. */
  boolean areJoined(int from, int to) {
    boolean joined = false;
    for (int i = from; i < to; i++) {
      boolean conjunction = is(i, "et") || is(i, "and");
      joined |= conjunction;
      if (!conjunction && !BEFORE_A_THING.has(all.get(i)) && !is(i, "l")) {
        return false;
      }
    }
    return joined;
  }

  /** Nothing of weight stands between two places. */
  boolean isBare(int from, int to) {
    for (int i = from; i < to; i++) {
      if (!FILLERS.has(all.get(i))) {
        return false;
      }
    }
    return true;
  }

  boolean saysAll(int to) {
    return anyOf(ALL, 0, to);
  }

  boolean saysAgain() {
    return anyOf(AGAIN, 0, all.size());
  }

  boolean is(int at, String word) {
    return at >= 0 && at < all.size() && all.get(at).equals(word);
  }

  boolean anyOf(WordList words, int from, int to) {
    for (int i = from; i < to; i++) {
      if (words.has(all.get(i))) {
        return true;
      }
    }
    return false;
  }
}

package ca.assistantgazelle.maintenance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The words of one clause, and what stands around a place among them. */
record Words(List<String> all) {
  private static final Set<String> DENIALS =
      Set.of(
          "pas", "non", "jamais", "not", "never", "ni", "nor", "isn", "wasn", "aren", "weren",
          "doesn", "didn", "hasn", "hadn", "won", "cannot", "cant", "isnt", "wasnt", "doesnt",
          "nobody", "aucun", "aucune", "no");
  private static final Set<String> BEFORE_A_THING =
      Set.of("de", "d", "la", "le", "les", "des", "the", "a", "any", "un", "une");
  private static final Set<String> NO_THING =
      Set.of("pas", "aucun", "aucune", "no", "jamais", "without", "sans");
  private static final Set<String> INTENTIONS =
      Set.of(
          "sera",
          "seront",
          "serait",
          "devra",
          "devront",
          "devrait",
          "doit",
          "doivent",
          "faudra",
          "faudrait",
          "should",
          "will",
          "must",
          "needs",
          "need",
          "please",
          "svp",
          "merci");
  private static final Set<String> PAST =
      Set.of("etait", "etaient", "avait", "avaient", "was", "were", "had");
  private static final Set<String> DONE =
      Set.of(
          "viens",
          "venons",
          "vient",
          "venait",
          "du",
          "had",
          "fini",
          "finished",
          "pu",
          "able",
          "reussi");
  private static final Set<String> NEEDLESS =
      Set.of("inutile", "ne", "don", "dont", "jamais", "never");
  private static final Set<String> FILLERS =
      Set.of(
          "et",
          "and",
          "puis",
          "then",
          "ensuite",
          "apres",
          "je",
          "j",
          "l",
          "on",
          "nous",
          "ai",
          "a",
          "ont",
          "avons",
          "ete",
          "est",
          "sont",
          "was",
          "were",
          "is",
          "been",
          "has",
          "have",
          "bien",
          "tout",
          "tous",
          "toutes",
          "le",
          "la",
          "les",
          "now",
          "maintenant",
          "aussi",
          "also",
          "it",
          "them",
          "i",
          "we",
          "donc",
          "deja",
          "qui",
          "that",
          "alors",
          "all",
          "everything",
          "c",
          "ca",
          "elle",
          "il",
          "elles",
          "ils",
          "probleme",
          "problem",
          "situation",
          "be",
          "pas",
          "not",
          "non",
          "plus",
          "n",
          "ne",
          "encore",
          "etait",
          "etaient",
          "trouve",
          "trouvee",
          "found",
          "totalement",
          "completement",
          "s",
          "y",
          "en",
          "re",
          "trop",
          "tres",
          "too",
          "very",
          "issue",
          "sera",
          "will",
          "doit",
          "toujours",
          "still");

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

  /**
   * "PLS pas débranché", "n'est pas rebranché", "pas de fenêtre ouverte", "ne fonctionne plus".
   *
   * @param from first word that can belong to the state: behind the thing or the state before it
   * @param thing where the thing is; -1 when there is none
   */
  boolean isDenied(int from, int thing, int start, int end) {
    if (anyOf(DENIALS, Math.max(from, start - 4), start)
        || isNoThing(thing)
        || anyOf(Set.of("jamais", "never"), 0, start)
        || isNobody(start)) {
      return true;
    }
    boolean verb = is(start, "fonctionne") || is(start, "fonctionnent") || is(start, "remet");
    return (verb || anyOf(Set.of("ne", "n"), Math.max(0, start - 2), start))
        && (is(end, "pas") || is(end, "plus"));
  }

  /** "n'est plus débranché", "no longer unplugged". */
  boolean isOver(int from, int start) {
    for (int i = Math.max(from, start - 3); i < start; i++) {
      boolean noLonger = is(i, "longer") && is(i - 1, "no");
      boolean nePlus = is(i, "plus") && anyOf(Set.of("ne", "n"), Math.max(0, i - 3), i);
      if (noLonger || nePlus) {
        return true;
      }
    }
    return false;
  }

  // "personne n'a rebranché"; "une personne a débranché" denies nothing.
  private boolean isNobody(int start) {
    for (int i = 0; i < start; i++) {
      if (is(i, "personne") && (is(i + 1, "n") || is(i + 1, "ne"))) {
        return true;
      }
    }
    return false;
  }

  private boolean isNoThing(int thing) {
    int before = thing - 1;
    if (before >= 0 && BEFORE_A_THING.contains(all.get(before))) {
      before--;
    }
    return thing >= 0 && before >= 0 && NO_THING.contains(all.get(before));
  }

  /** "sera rebranché", "should be filled": not yet. */
  boolean isIntended(int from, int start) {
    boolean toBe = is(start - 1, "be") && is(start - 2, "to");
    return toBe || anyOf(INTENTIONS, Math.max(from, start - 4), start);
  }

  /** "était débranché": before what the note tells. */
  boolean isPast(int start) {
    return anyOf(PAST, Math.max(0, start - 3), start);
  }

  /** "je viens de remplir", "had to plug back in". */
  boolean isDone(int start) {
    return anyOf(DONE, Math.max(0, start - 3), start);
  }

  /** "pas besoin de remplir", "ne pas brancher". */
  boolean isNeedless(int start) {
    int from = Math.max(0, start - 4);
    for (int i = from; i < start; i++) {
      if ((is(i, "besoin") || is(i, "need")) && anyOf(Set.of("pas", "no", "not"), from, i)) {
        return true;
      }
    }
    return anyOf(NEEDLESS, from, start);
  }

  /** "après chaque concert": an order for ever, not a complaint. */
  boolean isHabit() {
    return anyOf(Set.of("chaque", "every", "each", "toujours", "always"), 0, all.size());
  }

  /** Joined by "et" or "and" and nothing of weight. */
  boolean areJoined(int from, int to) {
    boolean joined = false;
    for (int i = from; i < to; i++) {
      boolean conjunction = is(i, "et") || is(i, "and");
      joined |= conjunction;
      if (!conjunction && !BEFORE_A_THING.contains(all.get(i)) && !is(i, "l")) {
        return false;
      }
    }
    return joined;
  }

  /** Where "si" or "if" makes what follows a supposition; -1 when nothing does. */
  int supposition() {
    for (int i = 0; i < all.size(); i++) {
      boolean withPronoun = is(i, "s") && (is(i + 1, "il") || is(i + 1, "elle"));
      boolean inCase = (is(i, "au") || is(i, "en")) && is(i + 1, "cas");
      boolean always =
          (is(i, "quand") || is(i, "lorsque") || is(i, "when"))
              && !anyOf(
                  Set.of("je", "j", "i", "we", "nous", "on"), i + 1, Math.min(all.size(), i + 2))
              && !anyOf(PAST, i, all.size());
      if (is(i, "si") || is(i, "if") || withPronoun || inCase || always) {
        return i;
      }
    }
    return -1;
  }

  /** "pas besoin d'une rallonge" */
  boolean isDeniedOutright(int start) {
    return start > 0
        && Set.of("pas", "aucun", "aucune", "no", "not", "jamais", "never")
            .contains(all.get(start - 1));
  }

  /** Nothing of weight stands between two places. */
  boolean isBare(int from, int to) {
    for (int i = from; i < to; i++) {
      if (!FILLERS.contains(all.get(i))) {
        return false;
      }
    }
    return true;
  }

  boolean saysAll(int to) {
    return anyOf(Set.of("tout", "tous", "toutes", "all", "everything"), 0, to);
  }

  boolean saysAgain() {
    return anyOf(Set.of("nouveau", "encore", "again", "redebranche"), 0, all.size());
  }

  boolean is(int at, String word) {
    return at >= 0 && at < all.size() && all.get(at).equals(word);
  }

  private boolean anyOf(Set<String> words, int from, int to) {
    for (int i = from; i < to; i++) {
      if (words.contains(all.get(i))) {
        return true;
      }
    }
    return false;
  }
}

package ca.assistantgazelle.maintenance;

import static ca.assistantgazelle.maintenance.WordList.BEFORE_A_THING;
import static ca.assistantgazelle.maintenance.WordList.DENIALS;
import static ca.assistantgazelle.maintenance.WordList.NE;
import static ca.assistantgazelle.maintenance.WordList.NEVER;
import static ca.assistantgazelle.maintenance.WordList.NO_THING;
import static ca.assistantgazelle.maintenance.WordList.OUTRIGHT;
import static ca.assistantgazelle.maintenance.WordList.VERBS;

/** Whether what a clause says of a thing is denied. */
record Denial(Words words) {
  /**
   * "PLS pas débranché", "n'est pas rebranché", "pas de fenêtre ouverte", "ne fonctionne plus".
   *
   * @param from first word that can belong to the state: behind the thing or the state before it
   * @param thing where the thing is; -1 when there is none
   */
  boolean isDenied(int from, int thing, int start, int end) {
    if (words.anyOf(DENIALS, Math.max(from, start - 4), start)
        || isNoThing(thing)
        || words.anyOf(NEVER, 0, start)
        || isNobody(start)) {
      return true;
    }
    boolean verb = VERBS.has(words.all().get(start));
    return (verb || words.anyOf(NE, Math.max(0, start - 2), start))
        && (words.is(end, "pas") || words.is(end, "plus"));
  }

  /** "n'est plus débranché", "no longer unplugged". */
  boolean isOver(int from, int start) {
    for (int i = Math.max(from, start - 3); i < start; i++) {
      boolean noLonger = words.is(i, "longer") && words.is(i - 1, "no");
      boolean nePlus = words.is(i, "plus") && words.anyOf(NE, Math.max(0, i - 3), i);
      if (noLonger || nePlus) {
        return true;
      }
    }
    return false;
  }

  // "personne n'a rebranché"; "une personne a débranché" denies nothing.
  private boolean isNobody(int start) {
    for (int i = 0; i < start; i++) {
      if (words.is(i, "personne") && (words.is(i + 1, "n") || words.is(i + 1, "ne"))) {
        return true;
      }
    }
    return false;
  }

  private boolean isNoThing(int thing) {
    int before = thing - 1;
    if (before >= 0 && BEFORE_A_THING.has(words.all().get(before))) {
      before--;
    }
    return thing >= 0 && before >= 0 && NO_THING.has(words.all().get(before));
  }

  /** "pas besoin d'une rallonge" */
  boolean isDeniedOutright(int start) {
    return start > 0 && OUTRIGHT.has(words.all().get(start - 1));
  }
}

package ca.assistantgazelle.maintenance;

import static ca.assistantgazelle.maintenance.WordList.DONE;
import static ca.assistantgazelle.maintenance.WordList.HABITS;
import static ca.assistantgazelle.maintenance.WordList.INTENTIONS;
import static ca.assistantgazelle.maintenance.WordList.NEEDLESS;
import static ca.assistantgazelle.maintenance.WordList.NO;
import static ca.assistantgazelle.maintenance.WordList.PAST;
import static ca.assistantgazelle.maintenance.WordList.SPEAKERS;
import static ca.assistantgazelle.maintenance.WordList.WHEN;

/** Whether what a clause says is so, was so, shall be so, or is only supposed. */
record Mood(Words words) {
  /** "sera rebranché", "should be filled": not yet. */
  boolean isIntended(int from, int start) {
    boolean toBe = words.is(start - 1, "be") && words.is(start - 2, "to");
    return toBe || words.anyOf(INTENTIONS, Math.max(from, start - 4), start);
  }

  /** "était débranché": before what the note tells. */
  boolean isPast(int start) {
    return words.anyOf(PAST, Math.max(0, start - 3), start);
  }

  /** "je viens de remplir", "had to plug back in". */
  boolean isDone(int start) {
    return words.anyOf(DONE, Math.max(0, start - 3), start);
  }

  /** "pas besoin de remplir", "ne pas brancher". */
  boolean isNeedless(int start) {
    int from = Math.max(0, start - 4);
    for (int i = from; i < start; i++) {
      if ((words.is(i, "besoin") || words.is(i, "need")) && words.anyOf(NO, from, i)) {
        return true;
      }
    }
    return words.anyOf(NEEDLESS, from, start);
  }

  /** "après chaque concert": an order for ever, not a complaint. */
  boolean isHabit() {
    return words.anyOf(HABITS, 0, words.all().size());
  }

  /** Where "si" or "if" makes what follows a supposition; -1 when nothing does. */
  int supposition() {
    for (int i = 0; i < words.all().size(); i++) {
      boolean withPronoun = words.is(i, "s") && (words.is(i + 1, "il") || words.is(i + 1, "elle"));
      boolean inCase = (words.is(i, "au") || words.is(i, "en")) && words.is(i + 1, "cas");
      boolean always =
          WHEN.has(words.all().get(i))
              && !words.anyOf(SPEAKERS, i + 1, Math.min(words.all().size(), i + 2))
              && !words.anyOf(PAST, i, words.all().size());
      if (words.is(i, "si") || words.is(i, "if") || withPronoun || inCase || always) {
        return i;
      }
    }
    return -1;
  }
}

package ca.assistantgazelle.maintenance;

import ca.assistantgazelle.maintenance.ClauseParse.StateAt;
import ca.assistantgazelle.note.Clause;

/**
 * A state that a clause says of something, neither asked nor supposed.
 *
 * @param from first word that can belong to it: behind the thing or the state before it
 * @param thing where the thing is; -1 when there is none
 */
record Assertion(Clause clause, Words words, StateAt state, Sense sense, int from, int thing) {
  /** What follows from it, when it is denied, past or intended as well. */
  void tell(Stories stories) {
    int start = state.start();
    var denial = new Denial(words);
    var mood = new Mood(words);
    boolean over = !sense.complete() && denial.isOver(from, start);
    boolean denied = !sense.complete() && denial.isDenied(from, thing, start, state.end());
    boolean intended = mood.isIntended(from, start);
    switch (sense.meaning()) {
      case RAISE -> {
        if (over) {
          stories.resolve(clause, sense);
        } else if (!denied && !intended && !(sense.complete() && denial.isDeniedOutright(start))) {
          stories.raise(clause, sense.type(), mood.isPast(start), words.saysAgain());
        }
      }
      case RESOLVE -> {
        if (over || denied || intended) {
          stories.raise(clause, sense.type(), false, true);
        } else {
          stories.resolve(clause, sense);
        }
      }
      case FINE -> {
        if (!over && !denied && !intended) {
          stories.resolve(clause, sense);
        }
      }
      case TO_DO -> {
        if (mood.isDone(start)) {
          stories.resolve(clause, sense);
        } else if (!mood.isNeedless(start) && !mood.isHabit()) {
          stories.raise(clause, sense.type(), false, true);
        }
      }
    }
  }
}
